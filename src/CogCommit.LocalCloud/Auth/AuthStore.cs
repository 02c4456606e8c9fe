using System.Text.Json.Nodes;
using Npgsql;

namespace CogCommit.LocalCloud.Auth;

/// <summary>Users, sessions, codes and refresh tokens, in the schema auth.</summary>
internal sealed class AuthStore(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>A refresh token that was just used gives the same successor again for this long: two requests may have crossed.</summary>
    public static readonly TimeSpan ReuseInterval = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Makes the tables where they are missing.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var stream = typeof(AuthStore).Assembly.GetManifestResourceStream("AuthTables.sql")!;
        using var reader = new StreamReader(stream);
        await using var command = database.CreateCommand(await reader.ReadToEndAsync(cancellationToken));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The user of this name, made on the first sign-in as Supabase Auth makes one that comes from GitHub.</summary>
    public async Task<CloudAccountRow> FindOrCreateUserAsync(string userName, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var email = $"{userName.ToLowerInvariant()}@localhost";
        var user = new JsonObject
        {
            ["email"] = email,
            ["name"] = userName,
            ["user_name"] = userName,
            ["preferred_username"] = userName,
            // GitHub's number for the user; any number that stays will do here.
            ["provider_id"] = BitConverter.ToUInt32(id.ToByteArray()).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Run(connection, "select pg_advisory_xact_lock(hashtext($1))", cancellationToken, "sign-in " + email);
        var found = await ReadUser(connection, "email = $1", email, cancellationToken);
        if (found is null)
        {
            await Run(
                connection,
                """
                insert into auth.users (id, email, raw_app_meta_data, raw_user_meta_data, created_at)
                values ($1, $2, '{"provider":"github","providers":["github"]}', $3::jsonb, $4)
                """,
                cancellationToken,
                id,
                email,
                user.ToJsonString(),
                Now());
            found = await ReadUser(connection, "id = $1", id, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return found!;
    }

    /// <summary>Keeps what the redirect's code stands for, and gives the code.</summary>
    public async Task<string> CreateCodeAsync(Guid userId, string codeChallenge, CancellationToken cancellationToken)
    {
        var code = CloudKeys.RandomText(32);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Run(connection, "delete from auth.flow_state where created_at < $1", cancellationToken, Now() - CodeLifetime);
        await Run(
            connection,
            "insert into auth.flow_state (id, user_id, auth_code, code_challenge, created_at) values ($1, $2, $3, $4, $5)",
            cancellationToken,
            Guid.NewGuid(),
            userId,
            code,
            codeChallenge,
            Now());
        return code;
    }

    /// <summary>Takes a code: a new session. It works once, and only with the verifier behind its challenge.</summary>
    public async Task<GrantResult> ExchangeCodeAsync(string code, string codeVerifier, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        Guid flow, userId;
        string challenge;
        await using (var command = Command(
            connection,
            "select id, user_id, code_challenge from auth.flow_state where auth_code = $1 and created_at >= $2 for update",
            code,
            Now() - CodeLifetime))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                return GrantResult.Refused(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
            }

            (flow, userId, challenge) = (reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2));
        }

        if (!Pkce.Matches(challenge, codeVerifier))
        {
            return GrantResult.Refused(400, "bad_code_verifier", "code challenge does not match previously saved code verifier");
        }

        var session = Guid.NewGuid();
        var token = CloudKeys.RandomText(24);
        var now = Now();
        await Run(connection, "delete from auth.flow_state where id = $1", cancellationToken, flow);
        await Run(connection, "insert into auth.sessions (id, user_id, created_at) values ($1, $2, $3)", cancellationToken, session, userId, now);
        await InsertToken(connection, token, session, null, cancellationToken);
        var user = await ReadUser(connection, "id = $1", userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new GrantResult(user, session, token, null);
    }

    /// <summary>Takes a refresh token: it is used up and has one successor. Used again later, somebody stole it: the session ends.</summary>
    public async Task<GrantResult> RefreshAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        Guid session, userId;
        bool revoked;
        DateTimeOffset usedAt;
        await using (var command = Command(
            connection,
            """
            select s.id, s.user_id, t.revoked, t.updated_at
            from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id
            where t.token = $1 for update
            """,
            token))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                return GrantResult.Refused(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
            }

            (session, userId, revoked, usedAt) =
                (reader.GetGuid(0), reader.GetGuid(1), reader.GetBoolean(2), reader.GetFieldValue<DateTimeOffset>(3));
        }

        var now = Now();
        string? successor = null;
        if (revoked)
        {
            successor = now - usedAt <= ReuseInterval
                ? await Text(connection, "select token from auth.refresh_tokens where session_id = $1 and not revoked", session, cancellationToken)
                : null;
            if (successor is null)
            {
                await Run(connection, "delete from auth.sessions where id = $1", cancellationToken, session);
                await transaction.CommitAsync(cancellationToken);
                return GrantResult.Refused(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used");
            }
        }
        else
        {
            successor = CloudKeys.RandomText(24);
            await Run(connection, "update auth.refresh_tokens set revoked = true, updated_at = $2 where token = $1", cancellationToken, token, now);
            await Run(connection, "update auth.sessions set refreshed_at = $2, updated_at = $2 where id = $1", cancellationToken, session, now);
            await InsertToken(connection, successor, session, token, cancellationToken);
        }

        var user = await ReadUser(connection, "id = $1", userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new GrantResult(user, session, successor, null);
    }

    /// <returns>The user, or null when this session has ended.</returns>
    public async Task<CloudAccountRow?> FindUserAsync(Guid userId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await Text(connection, "select 'yes' from auth.sessions where id = $1", sessionId, cancellationToken) is null
            ? null
            : await ReadUser(connection, "id = $1", userId, cancellationToken);
    }

    /// <summary>Ends this session (<c>local</c>), the user's others (<c>others</c>), or all (<c>global</c>).</summary>
    public async Task SignOutAsync(Guid userId, Guid sessionId, string scope, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Run(
            connection,
            "delete from auth.sessions where user_id = $1 and case $3 when 'local' then id = $2 when 'others' then id <> $2 else true end",
            cancellationToken,
            userId,
            sessionId,
            scope);
    }

    /// <summary>As PostgreSQL keeps it: in microseconds.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private Task InsertToken(NpgsqlConnection connection, string token, Guid session, string? parent, CancellationToken cancellationToken) => Run(
        connection,
        "insert into auth.refresh_tokens (token, session_id, parent, created_at, updated_at) values ($1, $2, nullif($3, ''), $4, $4)",
        cancellationToken,
        token,
        session,
        parent ?? "",
        Now());

    private static async Task<CloudAccountRow?> ReadUser(NpgsqlConnection connection, string where, object value, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection,
            $"""
            select id, email, coalesce(raw_app_meta_data, '{"{}"}')::text, coalesce(raw_user_meta_data, '{"{}"}')::text, coalesce(created_at, now())
            from auth.users where {where}
            """,
            value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new CloudAccountRow(
                reader.GetGuid(0),
                reader.IsDBNull(1) ? "" : reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4))
            : null;
    }

    private static async Task<string?> Text(NpgsqlConnection connection, string sql, Guid value, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, value);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

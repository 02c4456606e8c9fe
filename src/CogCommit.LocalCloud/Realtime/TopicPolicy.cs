using Npgsql;

namespace CogCommit.LocalCloud.Realtime;

/// <summary>Who may listen on a topic. PostgreSQL decides: may they see a message that stands there? As on Supabase the message is made for the question, and never sent.</summary>
internal sealed class TopicPolicy(NpgsqlDataSource database)
{
    /// <exception cref="NpgsqlException">The database could not be asked.</exception>
    public async Task<bool> MayListenAsync(Caller caller, string topic, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await using var insert = Command(connection, "insert into realtime.messages (topic, extension) values ($1, 'broadcast') returning id", topic);
            var id = (Guid)(await insert.ExecuteScalarAsync(cancellationToken))!;
            await using var become = Command(
                connection,
                """
                select set_config('role', $1, true), set_config('realtime.topic', $2, true), set_config('request.jwt.claims', $3, true),
                  set_config('request.jwt.claim.sub', $4, true), set_config('request.jwt.claim.role', $1, true), set_config('statement_timeout', '10s', true)
                """,
                caller.Role,
                topic,
                caller.Claims,
                caller.UserId?.ToString("D") ?? "");
            await become.ExecuteNonQueryAsync(cancellationToken);
            await using var look = Command(connection, "select exists (select from realtime.messages where id = $1)", id);
            return (bool)(await look.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException e) when (e.SqlState[..2] is "22" or "42")
        {
            // A claim or a topic that no policy can read lets nobody in.
            return false;
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        // Texts of this file.
#pragma warning disable CA2100
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>A database seen as PostgREST sees it: each call in a transaction of its own, under a role and with a token's claims.</summary>
public sealed class CloudDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);

    public NpgsqlDataSource Source => source;

    public async Task<CloudUserSession> AddUserAsync(string? name = null)
    {
        var id = Guid.NewGuid();
        await using var command = source.CreateCommand("insert into auth.users (id) values ($1)");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new CloudUserSession(this, id, name);
    }

    /// <summary>Runs as the superuser, whom no policy binds: what a test prepares and looks at.</summary>
    public async Task<string?> ScalarAsync(string sql, params object[] parameters)
    {
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await ScalarAsync(connection, sql, parameters);
    }

    public Task<string?> ScalarAsync(string role, JsonObject? claims, string sql, params object[] parameters) =>
        ActAsync(role, claims, connection => ScalarAsync(connection, sql, parameters));

    public async Task<T> ActAsync<T>(string role, JsonObject? claims, Func<NpgsqlConnection, Task<T>> act)
    {
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var begin = new NpgsqlCommand("select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)", connection))
        {
            begin.Parameters.Add(new() { Value = role });
            begin.Parameters.Add(new() { Value = claims?.ToJsonString() ?? "" });
            await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var result = await act(connection);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return result;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    internal static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
#pragma warning disable CA2100 // The tests' own SQL.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter is JsonNode json
                ? new NpgsqlParameter { Value = json.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb }
                : new NpgsqlParameter { Value = parameter });
        }

        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)) switch
        {
            null or DBNull => null,
            var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}

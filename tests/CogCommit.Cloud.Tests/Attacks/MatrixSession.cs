using Npgsql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>One identity's transaction, in which every try is rolled back.</summary>
internal sealed class MatrixSession : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly string owners;

    private MatrixSession(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid owner)
    {
        (this.connection, this.transaction) = (connection, transaction);
        owners = $"position('{owner:D}' in t::text) > 0";
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<MatrixSession> OpenAsync(NpgsqlDataSource database, Identity identity, Guid owner)
    {
        var connection = await database.OpenConnectionAsync(Cancel);
        var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var begin = new NpgsqlCommand(
            "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('realtime.topic', $3, true), set_config('search_path', '', true)", connection);
        foreach (var value in new[] { identity.Role, identity.Claims?.ToJsonString() ?? "", $"user:{owner:D}" })
        {
            begin.Parameters.Add(new() { Value = value });
        }

        await begin.ExecuteNonQueryAsync(Cancel);
        return new MatrixSession(connection, transaction, owner);
    }

    /// <returns>As in <see cref="TableExpectations"/>; another error by its code.</returns>
    public Task<string> VerbAsync(string table, string verb) => verb switch
    {
        "select" => CountAsync($"select count(*) from {table} t where {owners}"),
        "for update" => CountAsync($"with x as (select from {table} t where {owners} for update) select count(*) from x"),
        "insert" => CountAsync(table == "storage.objects"
            ? "insert into storage.objects (bucket_id, name) values ('visuals', 'mine/of/mine.png')"
            : table == "storage.buckets" ? "insert into storage.buckets (id, name) values ('mine', 'mine')"
            : table == "realtime.messages" ? "insert into realtime.messages (topic, extension) values ('mine', 'broadcast')"
            : $"insert into {table} default values"),
        "update" => ColumnAsync(table, column => $"with x as (update {table} t set {column} = {column} where {owners} returning 1) select count(*) from x"),
        "delete" => CountAsync($"with x as (delete from {table} t where {owners} returning 1) select count(*) from x"),
        "truncate" => CountAsync($"truncate {table} cascade"),
        "references" or "trigger" => PrivilegeAsync(table, verb),
        "copy to" => TryAsync(async () =>
        {
            using var rows = await connection.BeginTextExportAsync($"copy (select t::text from {table} t where {owners}) to stdout", Cancel);
            return (await rows.ReadToEndAsync(Cancel)).Length > 0 ? "+" : ".";
        }),
        "copy from" => ColumnAsync(table, column => $"copy {table} ({column}) from stdin", async sql =>
        {
            await using var rows = await connection.BeginTextImportAsync(sql, Cancel);
            return "+";
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };

    /// <param name="function">With the types of its arguments, each of which is null.</param>
    public Task<string> CallAsync(string function)
    {
        var open = function.IndexOf('(', StringComparison.Ordinal);
        var types = function[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return TryAsync(async () =>
        {
#pragma warning disable CA2100 // Names from the catalogue.
            await using var command = new NpgsqlCommand($"select {function[..open]}({string.Join(", ", types.Select(type => "null::" + type))})", connection, transaction);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Cancel);
            return "+";
        });
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private Task<string> CountAsync(string sql) => TryAsync(async () => await ScalarAsync(sql) is null or 0L ? "." : "+");

    /// <summary>Of the catalogue, which everybody may read: a column that is not computed.</summary>
    private async Task<string> ColumnAsync(string table, Func<string, string> sql, Func<string, Task<string>>? act = null)
    {
        var parts = table.Split('.');
        var column = (string)(await ScalarAsync(
            $"select a.attname::text from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{parts[0]}' and c.relname = '{parts[1]}' and a.attnum > 0 and a.attgenerated = '' and not a.attisdropped order by a.attnum limit 1"))!;
        return act is null ? await CountAsync(sql(column)) : await TryAsync(() => act(sql(column)));
    }

    /// <summary>By its oid, so that it is told also where the schema is closed; on the table or on any column of it.</summary>
    private async Task<string> PrivilegeAsync(string table, string privilege)
    {
        var parts = table.Split('.');
        var columns = privilege == "references" ? " or has_any_column_privilege(current_user, c.oid, 'references')" : "";
        return (bool)(await ScalarAsync(
            $"select has_table_privilege(current_user, c.oid, '{privilege}'){columns} from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{parts[0]}' and c.relname = '{parts[1]}'"))!
            ? "+" : "x";
    }

    private async Task<object?> ScalarAsync(string sql)
    {
#pragma warning disable CA2100 // The tests' own SQL, and names from the catalogue.
        await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancel);
    }

    private async Task<string> TryAsync(Func<Task<string>> act)
    {
        await transaction.SaveAsync("try", Cancel);
        try
        {
            return await act();
        }
        catch (PostgresException e)
        {
            return e.SqlState switch { "42501" => "x", "22P02" => "u", "22023" => "b", "0A000" => "n", var other => other };
        }
        finally
        {
            await transaction.RollbackAsync("try", Cancel);
        }
    }
}

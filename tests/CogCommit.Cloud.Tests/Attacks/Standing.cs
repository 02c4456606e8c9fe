using System.Text;
using Npgsql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// All rows of all tables that are not the attackers', as text, each with the transaction that wrote it: not even an update that changes
/// nothing leaves it as it was.
/// </summary>
internal static class Standing
{
    /// <summary>Rows in which none of these ids stands: everybody else's.</summary>
    public static Task<string> WithoutAsync(NpgsqlDataSource database, params Guid[] attackers) => ReadAsync(
        database, "not exists (select from unnest($1) a where position(a::text in t::text) > 0)", attackers);

    /// <summary>Rows in which this id stands: one user's, where others do honest work in the same database.</summary>
    public static Task<string> OfAsync(NpgsqlDataSource database, Guid user) => ReadAsync(
        database, "exists (select from unnest($1) a where position(a::text in t::text) > 0)", [user]);

    private static async Task<string> ReadAsync(NpgsqlDataSource database, string which, Guid[] ids)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand(
            """
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname in ('public', 'cogcommit', 'auth', 'storage', 'realtime') and c.relname not like 'rt\_%' order by 1
            """,
            connection))
        await using (var reader = await list.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                tables.Add(reader.GetString(0));
            }
        }

        var rows = new StringBuilder();
        foreach (var table in tables)
        {
            // Names from the catalogue, quoted by it.
#pragma warning disable CA2100
            await using var command = new NpgsqlCommand(
                $"select coalesce(string_agg(line, E'\\n' order by line), '') from (select t.xmin || ' ' || t::text as line from {table} t where {which}) x", connection);
#pragma warning restore CA2100
            command.Parameters.Add(new() { Value = ids });
            rows.Append(table).Append('\n').Append((string)(await command.ExecuteScalarAsync(cancel))!).Append('\n');
        }

        return rows.ToString();
    }
}

using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>The original's tables: set aside, copied row by row into ours, dropped. Columns we do not know are added to ours and keep their values.</summary>
internal static partial class OriginalTables
{
    private static readonly string[] Names = ["cognitive_commits", "sessions", "turns", "visuals"];

    public static void SetAside(SqliteConnection connection)
    {
        foreach (var name in Names)
        {
            // One that is missing was never made: the original stopped before.
            StoreConnection.Execute(connection, $"create table if not exists {name} (id text primary key); alter table {name} rename to original_{name}");
        }

        StoreConnection.Execute(connection, "drop table schema_version");
    }

    public static void CopyRows(SqliteConnection connection)
    {
        foreach (var name in Names)
        {
            var theirs = Columns(connection, $"original_{name}");
            var ours = Columns(connection, name).Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var known = OriginalRows.Of(name);
            var present = theirs.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            List<string> targets = ["row"], sources = ["o.rowid"];
            foreach (var (column, source, needs) in known)
            {
                if (needs.Length == 0 || present.Contains(needs))
                {
                    targets.Add(column);
                    sources.Add(source);
                }
            }

            foreach (var column in theirs.Where(c => !OriginalRows.IsReplaced(name, c.Name)))
            {
                var kept = ours.Contains(column.Name) ? $"original_{column.Name}" : column.Name;
                StoreConnection.Execute(connection, $"alter table {name} add column {Quoted(kept)} {column.Declared}");
                targets.Add(Quoted(kept));
                sources.Add($"o.{Quoted(column.Name)}");
            }

            StoreConnection.Execute(connection, $"insert into {name} ({string.Join(", ", targets)}) select {string.Join(", ", sources)} from original_{name} o");
        }
    }

    public static void Drop(SqliteConnection connection)
    {
        foreach (var name in Names)
        {
            StoreConnection.Execute(connection, $"drop table original_{name}");
        }
    }

    private static List<(string Name, string Declared)> Columns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select name, type, dflt_value from pragma_table_info($table)";
        using var row = command.With("$table", table).ExecuteReader();
        var columns = new List<(string, string)>();
        while (row.Read())
        {
            var type = PlainType().IsMatch(row.GetString(1)) ? row.GetString(1) : "";
            // ALTER TABLE takes constants only.
            var fallback = !row.IsDBNull(2) && Constant().IsMatch(row.GetString(2)) ? $"default {row.GetString(2)}" : "";
            columns.Add((row.GetString(0), $"{type} {fallback}".Trim()));
        }

        return columns;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z ]*(\(\d+(, ?\d+)?\))?$")]
    private static partial Regex PlainType();

    [GeneratedRegex(@"^([-+]?\d+(\.\d+)?|'([^']|'')*'|null)$", RegexOptions.IgnoreCase)]
    private static partial Regex Constant();
}

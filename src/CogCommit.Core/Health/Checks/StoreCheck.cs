using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether SQLite finds the store sound.</summary>
internal sealed class StoreCheck : IHealthCheck
{
    private const int Shown = 3;
    private const int Looks = 3;
    private const string MendIndex = "Import-CogCommit -Rebuild, which makes the search index anew; nothing else of the store is damaged.";
    private const string Mend = "Move it away and run Import-CogCommit, and Sync-CogCommit where you sync; or put a backup in its place.";

    public string Name => "Store";

    public string Description => "Whether the store is sound; with -Full all of it, full text included.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var home = subject.Environment.Home;
        if (StoreFile.VersionOf(home) is null)
        {
            return Task.FromResult(HealthFinding.Warning($"There is no store yet in {home.Root}.", "Import-CogCommit"));
        }

        var problems = StoreErrors.Explained(home.DatabasePath, () => Steady(
            () => Stamp(home.DatabasePath), () => Problems(home.DatabasePath, subject.Environment.Full)));
        var size = Said.Bytes(new FileInfo(home.DatabasePath).Length);
        return Task.FromResult(problems.Count == 0
            ? HealthFinding.Ok($"{size}, {(subject.Environment.Full ? "all of it sound, full text included" : "sound")}.")
            : HealthFinding.Error($"{home.DatabasePath} is damaged: {string.Join("; ", problems.Take(Shown))}.", problems.All(IsOfIndex) ? MendIndex : Mend));
    }

    /// <summary>Another process may move its log into the file under the eyes of who looks: what was seen while it changed says nothing.</summary>
    internal static List<string> Steady(Func<object> stamp, Func<List<string>> look)
    {
        for (var looks = 1; ; looks++)
        {
            var before = stamp();
            try
            {
                var found = look();
                if (found.Count == 0 || looks == Looks || stamp().Equals(before))
                {
                    return found;
                }
            }
            catch (SqliteException) when (looks < Looks && !stamp().Equals(before))
            {
                // Looked at again.
            }
        }
    }

    private static object Stamp(string path)
    {
        var (file, log) = (new FileInfo(path), new FileInfo(path + "-wal"));
        return (file.Length, file.LastWriteTimeUtc, log.Exists ? log.Length : -1, log.Exists ? log.LastWriteTimeUtc : default);
    }

    private static bool IsOfIndex(string problem) =>
        problem.Contains("fts5", StringComparison.OrdinalIgnoreCase) && (problem.Contains("turn_index", StringComparison.Ordinal) || problem.Contains("commit_index", StringComparison.Ordinal));

    private static List<string> Problems(string path, bool full)
    {
        using var connection = StoreLook.Open(path);
        var found = Rows(connection, full ? "pragma integrity_check" : "pragma quick_check");
        if (full)
        {
            found.AddRange(Rows(connection, "select 'a row of ' || \"table\" || ' has no ' || parent from pragma_foreign_key_check"));
        }

        return [.. found.Where(row => row != "ok")];
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<string>();
        while (row.Read())
        {
            rows.Add(row.GetString(0));
        }

        return rows;
    }
}

using CogCommit.Core.Store;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether SQLite finds the store sound.</summary>
internal sealed class StoreCheck : IHealthCheck
{
    private const int Shown = 3;
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

        var problems = StoreErrors.Explained(home.DatabasePath, () => Problems(home.DatabasePath, subject.Environment.Full));
        var size = Said.Bytes(new FileInfo(home.DatabasePath).Length);
        return Task.FromResult(problems.Count == 0
            ? HealthFinding.Ok($"{size}, {(subject.Environment.Full ? "all of it sound, full text included" : "sound")}.")
            : HealthFinding.Error($"{home.DatabasePath} is damaged: {string.Join("; ", problems.Take(Shown))}.", Mend));
    }

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

    private static List<string> Rows(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
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

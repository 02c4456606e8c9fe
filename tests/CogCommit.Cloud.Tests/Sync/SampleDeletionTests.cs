using CogCommit.Core.Capture;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>The sample sessions, as agents write them, deleted in the middle on one machine while others know more or less of them.</summary>
public sealed class SampleDeletionTests(SyncDatabase database) : TranscriptTests(database)
{
    private readonly TestFolder _copies = new();
    private int _files;

    public static TheoryData<string, int, bool> Cuts
    {
        get
        {
            var cuts = new TheoryData<string, int, bool>();
            foreach (var file in Directory.EnumerateFiles(Samples, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                // Main sessions; and a warm-up goes to no cloud, so that its deletion is its machine's own.
                var text = File.ReadAllText(file);
                if (!Guid.TryParse(Path.GetFileNameWithoutExtension(file), out _) || text.Contains("\"Warmup\"", StringComparison.Ordinal))
                {
                    continue;
                }

                var lines = File.ReadLines(file).Count();
                foreach (var part in new[] { lines / 3, 2 * lines / 3 }.Where(part => part > 0))
                {
                    cuts.Add(Path.GetRelativePath(Samples, file), part, false);
                    cuts.Add(Path.GetRelativePath(Samples, file), part, true);
                }
            }

            return cuts;
        }
    }

    private static string Samples { get; } = FindSamples();

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Nothing_deleted_lives_on_and_whatever_else_was_said_is_everywhere(string sample, int lines, bool purged)
    {
        var (a, b, fresh, whole) = (NewDevice(), NewDevice(), NewDevice(), NewDevice());
        var all = File.ReadAllLines(Path.Combine(Samples, sample));
        Import(whole, sample, all);
        Import(a, sample, all[..lines]);
        await a.SyncAsync();
        Import(b, sample, all[..(lines + ((all.Length - lines) / 2))]);
        var deleted = Texts(a, "select t.id from turns t");
        foreach (var commit in Texts(a, "select id from cognitive_commits"))
        {
            a.Delete(commit);
        }

        await a.SyncAsync();
        if (purged)
        {
            await FortyDaysPassAsync();
            a.Import(Talk.Of("other", "x", "y"));
            await a.SyncAsync();
        }

        await b.SyncAsync();
        foreach (var device in new[] { a, b, fresh })
        {
            Import(device, sample, all);
            await device.SyncAsync();
        }

        await SettleAsync(a, b, fresh);
        const string Living = "select t.id from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id where c.deleted_at is null and s.agent_session_id <> 'other'";
        foreach (var device in new[] { a, b, fresh })
        {
            var living = Texts(device, Living);
            Assert.Empty(living.Intersect(deleted));
            Assert.Equal(Texts(whole, "select t.id from turns t").Except(deleted).Order(StringComparer.Ordinal), living.Order(StringComparer.Ordinal));
        }
    }

    protected override void Dispose(bool disposing)
    {
        _copies.Dispose();
        base.Dispose(disposing);
    }

    private static string FindSamples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CogCommit.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "samples", "claude-code");
    }

    /// <summary>A copy of the session's own file alone, cut to these lines, where this machine would have it.</summary>
    private void Import(Device device, string sample, string[] lines)
    {
        var path = Path.Combine(_copies.Path, (++_files).ToString(System.Globalization.CultureInfo.InvariantCulture), sample);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
        new Importer(device.Store).Run(new ImportOptions { Paths = [path] }, null, TestContext.Current.CancellationToken);
    }

    private static List<string> Texts(Device device, string sql)
    {
        using var reader = device.Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        List<string> found = [];
        while (row.Read())
        {
            found.Add(row.GetString(0));
        }

        return found;
    }
}

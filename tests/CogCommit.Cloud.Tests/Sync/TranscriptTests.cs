using CogCommit.Core.Capture;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>Machines that read transcripts with the real import: each its own copy, as long as it is there.</summary>
public abstract class TranscriptTests(SyncDatabase database) : SyncTests(database)
{
    protected const string Session = "9a1f0e52-0000-4000-8000-000000000001";
    private readonly TestFolder _folder = new();

    /// <summary>So many turns, prompt and answer by turns, all in one open commit.</summary>
    private protected static TranscriptBuilder Turns(int count)
    {
        var transcript = new TranscriptBuilder(Session);
        for (var n = 0; n < count; n++)
        {
            _ = n % 2 == 0 ? transcript.Prompt($"prompt {n}") : transcript.Answer($"answer {n}");
        }

        return transcript;
    }

    private protected void Import(Device device, int turns) => Import(device, Turns(turns));

    private protected void Import(Device device, TranscriptBuilder transcript)
    {
        var path = transcript.Write(Path.Combine(_folder.Path, "-home-ann-projects-loom"));
        var result = new Importer(device.Store).Run(new ImportOptions { Paths = [path] }, null, TestContext.Current.CancellationToken);
        Assert.Empty(result.BadLines);
    }

    /// <summary>As after 40 days: the next push of anybody purges what was deleted.</summary>
    private protected Task FortyDaysPassAsync() => Database.Database.ScalarAsync(
        "update public.cognitive_commits set deleted_at = deleted_at - interval '40 days', purge_after = null where user_id = $1", User.Id);

    /// <summary>Title and turns of each commit that lives, in order.</summary>
    private protected static List<string> Live(Device device)
    {
        using var reader = device.Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select derived_title || ' ' || turn_count from cognitive_commits where deleted_at is null order by started_at";
        using var row = command.ExecuteReader();
        List<string> found = [];
        while (row.Read())
        {
            found.Add(row.GetString(0));
        }

        return found;
    }

    private protected async Task SettleAsync(params Device[] devices)
    {
        foreach (var device in devices.Concat(devices))
        {
            await device.SyncAsync();
        }

        await AssertSameEverywhereAsync(devices);
        foreach (var device in devices)
        {
            Assert.Equal(Live(devices[0]), Live(device));
        }
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}

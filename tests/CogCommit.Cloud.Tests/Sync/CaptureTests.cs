using System.Text;
using CogCommit.Core.Capture;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>With the real import on every machine, of the same transcript at different lengths.</summary>
public sealed class CaptureTests(SyncDatabase database) : SyncTests(database)
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_boundary_set_on_one_machine_cuts_what_the_other_knows_of_it_already()
    {
        var (a, b) = (NewDevice(), NewDevice());
        Import(a, 2);
        await a.SyncAsync();
        Import(b, 6);
        await b.SyncAsync();
        Assert.Equal(1, b.Count("cognitive_commits"));
        Boundary.Close(a.Store, null, null);
        await a.PushAsync();

        await b.SyncAsync();
        Assert.Equal(2, b.Count("cognitive_commits"));
        Assert.Equal(["2 explicit", "4 session_end"], Commits(b));
        await a.SyncAsync();
        Assert.Equal(["2 explicit", "4 session_end"], Commits(a));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task Imports_of_the_same_transcript_at_any_length_in_any_order_are_no_conflict()
    {
        Device[] devices = [NewDevice(), NewDevice(), NewDevice()];
        foreach (var (device, turns) in new[] { (0, 3), (1, 5), (2, 2), (0, 6), (2, 7), (1, 7), (0, 7) })
        {
            Import(devices[device], turns);
            Assert.Equal(0, (await devices[device].SyncAsync()).Conflicts);
        }

        foreach (var device in devices)
        {
            await device.SyncAsync();
        }

        Assert.Equal(7, devices[0].Count("turns"));
        await AssertSameEverywhereAsync(devices);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    private void Import(Device device, int turns)
    {
        var path = Path.Combine(_folder.Path, "-home-me-demo", "9a1f0e52-0000-4000-8000-000000000001.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Transcript(turns));
        var result = new Importer(device.Store).Run(new ImportOptions { Paths = [path] }, null, TestContext.Current.CancellationToken);
        Assert.Empty(result.BadLines);
    }

    private static string Transcript(int turns)
    {
        var text = new StringBuilder();
        for (var n = 0; n < turns; n++)
        {
            var message = n % 2 == 0
                ? $$"""{"role":"user","content":"prompt {{n}}"}"""
                : $$"""{"role":"assistant","id":"msg_{{n}}","model":"model-1","content":[{"type":"text","text":"answer {{n}}"}],"usage":{"output_tokens":2} }""";
            text.Append(
                $$"""{"type":"{{(n % 2 == 0 ? "user" : "assistant")}}","uuid":"9a1f0e52-0000-4000-8000-1000000000{{n:D2}}","sessionId":"9a1f0e52-0000-4000-8000-000000000001","timestamp":"2026-02-11T20:36:{{n:D2}}.000Z","cwd":"/home/me/demo","gitBranch":"main","message":{{message}}}""")
                .Append('\n');
        }

        return text.ToString();
    }

    private static List<string> Commits(Device device)
    {
        using var reader = device.Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select turn_count || ' ' || closed_by from cognitive_commits order by started_at";
        using var row = command.ExecuteReader();
        List<string> found = [];
        while (row.Read())
        {
            found.Add(row.GetString(0));
        }

        return found;
    }
}

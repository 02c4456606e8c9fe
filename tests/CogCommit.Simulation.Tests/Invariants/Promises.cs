using CogCommit.Core.Rows;
using CogCommit.Core.Sync;
using CogCommit.Simulation.Tests.Devices;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>What must hold when everything has come to rest (docs/guarantees.md).</summary>
internal sealed class Promises(World world, string folder)
{
    private static readonly HashSet<string> Nothing = [];

    public async Task CheckAsync()
    {
        var cloud = WholeCloud.Read(world.Cloud);
        foreach (var device in world.Devices)
        {
            SameAsCloud(device, cloud);
        }

        EveryTurnIsThere(cloud);
        EveryEditIsKept();
        await ANewDeviceGetsEverythingAsync(cloud);
        await VerifyFindsNothingAsync();
    }

    /// <summary>All devices and the cloud hold the same rows; nothing waits.</summary>
    private static void SameAsCloud(SimulatedDevice device, CloudRows cloud)
    {
        var pruned = device.Pruned().ToHashSet();
        Same($"device {device.Number}", RowTexts.Of(WholeStore.Read(device), pruned), RowTexts.Of(cloud, pruned));
        var waiting = device.Query("""
            select 'commit ' || c.id from cognitive_commits c where c.change_seq > c.pushed_seq and (c.cloud_version > 0 or exists (
              select 1 from sessions s join turns t on t.session_id = s.id
              where s.commit_id = c.id and t.id not in (select turn_id from captured_turns where provisional = 1 and owned = 1)))
            union all select 'turn ' || t.id from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id
              where c.deleted_at is null and t.change_seq > t.pushed_seq
                and (t.pushed_seq > 0 or t.id not in (select turn_id from captured_turns where provisional = 1 and owned = 1))
            """);
        if (waiting.Count > 0)
        {
            throw new BrokenPromiseException($"Device {device.Number} still waits with: {string.Join(", ", waiting)}");
        }
    }

    /// <summary>
    /// Every turn that was ever imported exists, with its text, unless its commit was deleted, or it came to a commit that was pruned there; nothing exists that no transcript says; and
    /// no turn of a deleted commit is back.
    /// </summary>
    private void EveryTurnIsThere(CloudRows cloud)
    {
        var expected = Transcribed().Turns.ToDictionary(turn => turn.Id);
        var deleted = cloud.Commits.Where(commit => commit.Purged || commit.Curated?.DeletedAt is not null).Select(commit => commit.Id).ToHashSet();
        // A cloud that was played back knows nothing of what was deleted and purged since. The devices do: if it comes, it is deleted again.
        deleted.UnionWith(world.Devices.SelectMany(device => device.Deleted()).Except(cloud.Commits.Select(commit => commit.Id)));
        var commitOf = cloud.Sessions.ToDictionary(session => session.Id, session => session.CommitId);
        var pruned = world.Devices.SelectMany(SaidRows.TurnsOfPruned).ToHashSet();
        var gone = deleted.SelectMany(world.Ledger.TurnsOfDeleted).Concat(pruned).ToHashSet();
        var live = cloud.Turns.Where(turn => !deleted.Contains(commitOf[turn.SessionId])).ToDictionary(turn => turn.Id);
        var buried = cloud.Turns.Where(turn => deleted.Contains(commitOf[turn.SessionId])).Select(turn => turn.Id).ToHashSet();

        Require(expected.Keys.Where(id => !live.ContainsKey(id) && !gone.Contains(id) && !buried.Contains(id) && !IsForgotten(id)), "Turns were imported and are gone");
        Require(live.Values.Where(turn => !expected.ContainsKey(turn.Id)).Select(turn => $"{turn.Id} of commit {commitOf[turn.SessionId]}: {turn}"), "Turns are in the cloud that no transcript says");
        Require(
            live.Values.Where(turn => expected.TryGetValue(turn.Id, out var said) && !SaysTheSame(turn, said) && !gone.Contains(turn.Id))
                .Select(turn => $"{turn.Id} of commit {commitOf[turn.SessionId]}\n  {turn}\n  {expected[turn.Id]}"),
            "Turns do not say what their transcripts say");
    }

    private void EveryEditIsKept()
    {
        if (world.Ledger.Lost(world) is { Count: > 0 } lost)
        {
            throw new BrokenPromiseException($"Edits are neither the winner nor in the archive: {string.Join("; ", lost)}");
        }
    }

    private async Task ANewDeviceGetsEverythingAsync(CloudRows cloud)
    {
        using var device = new SimulatedDevice(world, 99, Path.Combine(folder, "new"), BatchLimits.Default);
        device.Wire.PageBytes = 3_000;
        await device.Engine.PullAsync(new PullOptions());
        Same("a new device", RowTexts.Of(WholeStore.Read(device), Nothing), RowTexts.Of(cloud, Nothing));
    }

    private async Task VerifyFindsNothingAsync()
    {
        // One of them, another one in each world: it costs as much as all the rest.
        var device = world.Devices[world.Sessions[0].Bytes.Length % world.Devices.Count];
        var result = await device.Engine.SyncAsync(new SyncOptions { Verify = true });
        if (result.Repaired + result.Pushed + result.Pulled > 0)
        {
            throw new BrokenPromiseException($"Verify on device {device.Number} repaired {result.Repaired}, pushed {result.Pushed} and pulled {result.Pulled} where all was well.");
        }
    }

    /// <summary>What the transcripts say, as far as anybody has them, in a store of its own.</summary>
    private CloudRows Transcribed()
    {
        using var reader = new SimulatedDevice(world, 98, Path.Combine(folder, "reader"), BatchLimits.Default);
        for (var n = 0; n < world.Sessions.Count; n++)
        {
            reader.Transcripts.GrowTo(n, world.Devices.Max(device => device.Transcripts.Lengths[n]));
        }

        reader.Import();
        return WholeStore.Read(reader);
    }

    private bool IsForgotten(string turn) => world.Ledger.ForgottenTurns.Contains(turn);

    private static bool SaysTheSame(TurnRow one, TurnRow other) =>
        one.Role == other.Role && one.Content == other.Content && one.Timestamp == other.Timestamp && one.Interrupted == other.Interrupted
        && Json(one.ToolCalls) == Json(other.ToolCalls);

    private static string? Json(string? text) => text is null ? null : System.Text.Json.Nodes.JsonNode.Parse(text)?.ToJsonString();

    private static void Require(IEnumerable<string> broken, string how)
    {
        var turns = broken.ToList();
        if (turns.Count > 0)
        {
            throw new BrokenPromiseException($"{how}: {string.Join(", ", turns)}");
        }
    }

    private static void Same(string who, List<string> here, List<string> cloud)
    {
        var only = here.Except(cloud).ToList();
        var lacks = cloud.Except(here).ToList();
        if (only.Count + lacks.Count > 0)
        {
            throw new BrokenPromiseException($"""
                {who} and the cloud differ. Only there:
                  {string.Join("\n  ", only)}
                Only in the cloud:
                  {string.Join("\n  ", lacks)}
                """);
        }
    }
}

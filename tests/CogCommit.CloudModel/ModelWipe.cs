using System.Text.Json;
using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel;

/// <summary>cogcommit_wipe, and what it means for devices that do not know of it yet.</summary>
internal static class ModelWipe
{
    private const long MostSeq = 999_999_999_999_999_999;

    public static JsonElement Run(ModelCloud cloud, bool dryRun)
    {
        var state = cloud.State;
        var (commits, machines, bytes) = (state.Commits.Values.Count(commit => commit is { IsLive: true, StoredTurns: > 0 }), state.Machines.Count, state.Head?.Bytes ?? 0);
        if (!dryRun && state.Head is { PushId: not null } head)
        {
            cloud.State = state = new ModelState { Head = head.Wiped(cloud.Now) };
        }

        return Answer.Of(to =>
        {
            to.WriteNumber("protocol", 1);
            to.WriteNumber("commits", commits);
            to.WriteNumber("machines", machines);
            to.WriteNumber("bytes", bytes);
            Answer.Time(to, "wiped_at", state.Head?.WipedAt);
        });
    }

    /// <summary>Whether what a device says it heard of may be: cogcommit.check_seen.</summary>
    public static void Check(Jsonb? seen, ModelState state)
    {
        if (CloudModel.Check.IsAbsent(seen))
        {
            return;
        }

        if (!CloudModel.Check.IsInt(seen, 0, MostSeq))
        {
            throw new ModelRefusedException("22023", "seen is neither null nor the number of a push.");
        }

        if (state.Head is { } head && head.MissedWipe(Rows.Field.NumberOf(seen)))
        {
            throw new ModelRefusedException("PT410", $"This cloud was wiped on {Times.Text(head.WipedAt!.Value)}.");
        }
    }
}

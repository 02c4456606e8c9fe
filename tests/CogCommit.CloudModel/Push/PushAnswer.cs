using System.Text.Json;
using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>The answer to a push.</summary>
internal sealed class PushAnswer(ModelCloud cloud, Verdicts verdicts, Jsonb batch, long now)
{
    private readonly ModelState state = cloud.State;

    public JsonElement Write(long before, long seq) => Answer.Of(to =>
    {
        to.WriteNumber("protocol", 1);
        to.WriteString("push_id", state.PushAt(seq)?.PushId);
        to.WriteString("now", Times.Text(now));
        to.WriteNumber("before", before);
        to.WriteNumber("seq", seq);
        to.WriteString("before_push_id", state.PushAt(before)?.PushId);
        to.WriteStartObject("results");
        Commits(to);
        Results(to, "sessions", verdicts.Sessions);
        Results(to, "turns", verdicts.Turns);
        Results(to, "visuals", verdicts.Visuals);
        to.WriteEndObject();
        to.WriteStartObject("cloud");
        Winners(to, seq);
        to.WriteEndObject();
        Answer.Quota(to, cloud);
    });

    private void Commits(Utf8JsonWriter to)
    {
        var rows = batch["commits"]?.Items ?? [];
        to.WriteStartArray("commits");
        foreach (var (n, (captured, curated)) in verdicts.Commits.Index())
        {
            to.WriteStartObject();
            to.WriteString("id", Check.First100(rows[n].TextOf("id")));
            to.WriteString("captured", captured?.Status);
            to.WriteString("curated", curated?.Status);
            to.WriteString("reason", captured is { Status: not (Status.Accepted or Status.Unchanged) }
                ? captured.Reason ?? curated?.Reason
                : curated?.Reason ?? captured?.Reason);
            to.WriteString("updated_at", LoweredTo(rows[n], curated));
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    /// <summary>The time that the cloud gave to an edit of the future; null where it left it as told.</summary>
    private string? LoweredTo(Jsonb row, Verdict? curated)
    {
        if (curated is not { Status: Status.Accepted or Status.Unchanged })
        {
            return null;
        }

        var told = Field.TimeOf(row["curated"]!["updated_at"]);
        return Field.Lowered(told, now) == told ? null : Times.Text(state.Commits[curated.Id].Curated.UpdatedAt);
    }

    private void Results(Utf8JsonWriter to, string name, List<Verdict> list)
    {
        to.WriteStartArray(name);
        foreach (var verdict in list)
        {
            to.WriteStartObject();
            to.WriteString("id", Check.First100(verdict.Row.TextOf("id")));
            to.WriteString("status", verdict.Status);
            to.WriteString("reason", verdict.Reason);
            if (verdict is { Kind: VerdictKind.Visual, Status: Status.Accepted or Status.Unchanged or Status.Lost })
            {
                to.WriteString("path", state.Visuals.GetValueOrDefault(verdict.Id)?.Path);
            }

            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    /// <summary>
    /// The cloud's row for each that lost, the purged commit for each that lost to that, and what this very push purged: the device moves
    /// its cursor past it and would never hear of it otherwise.
    /// </summary>
    private void Winners(Utf8JsonWriter to, long seq)
    {
        var commits = new HashSet<string>();
        foreach (var verdict in verdicts.All())
        {
            if (verdict.Status == Status.Lost && (verdict.IsPurged || verdict.Kind is VerdictKind.Captured or VerdictKind.Curated))
            {
                commits.Add(verdict.CommitId!);
            }
        }

        var visuals = verdicts.Visuals.Where(verdict => verdict.Status == Status.Lost).Select(verdict => verdict.Id).ToHashSet();
        if (state.PushAt(seq)?.Touched is { } touched)
        {
            commits.UnionWith(touched.Commits.Where(id => state.Commits[id] is { Purged: true } commit && commit.Seq == seq));
            visuals.UnionWith(touched.Visuals.Where(id => state.Visuals[id] is { DeletedAt: not null, ContentHash: null } visual && visual.Seq == seq));
        }

        Answer.Rows(to, "commits", commits, id => state.Commits.TryGetValue(id, out var row) ? row.Wire : []);
        Answer.Rows(to, "sessions", Lost(verdicts.Sessions), id => state.Sessions.TryGetValue(id, out var row) ? row.Wire : []);
        Answer.Rows(to, "turns", Lost(verdicts.Turns), id => state.Turns.TryGetValue(id, out var row) ? row.Wire : []);
        Answer.Rows(to, "visuals", visuals, id => state.Visuals.TryGetValue(id, out var row) ? row.Wire : []);
    }

    private static IEnumerable<string> Lost(List<Verdict> list) =>
        list.Where(verdict => verdict.Status == Status.Lost).Select(verdict => verdict.Id);
}

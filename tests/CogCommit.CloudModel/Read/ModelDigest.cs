using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Read;

/// <summary>cogcommit_digest: per live commit with turns a digest of what is here.</summary>
internal static class ModelDigest
{
    public static JsonElement Run(ModelCloud cloud, string? after, int maxRows)
    {
        if (after is not null && !Check.IsUuid(new Jsonb { Kind = JsonbKind.String, Text = after, PrintedBytes = 0 }))
        {
            throw new ModelRefusedException("22023", "after is neither null nor a lower-case UUID.");
        }

        var state = cloud.State;
        var most = Math.Clamp(maxRows, 1, 1000);
        var live = state.Commits.Values.Where(commit => commit is { IsLive: true, StoredTurns: > 0 } && (after is null || string.CompareOrdinal(commit.Id, after) > 0))
            .OrderBy(commit => commit.Id, StringComparer.Ordinal).Take(most + 1).ToList();
        var page = live.Take(most).ToList();
        var lines = Lines(state, page);
        return Answer.Of(to =>
        {
            to.WriteNumber("protocol", 1);
            to.WriteBoolean("more", live.Count > most);
            to.WriteStartArray("commits");
            foreach (var commit in page)
            {
                var own = lines[commit.Id];
                own.Sort(WhoWins.CompareBytes);
                to.WriteStartObject();
                to.WriteString("id", commit.Id);
                to.WriteString("digest", Md5(string.Join('\n', own)));
                to.WriteNumber("rows", own.Count);
                to.WriteEndObject();
            }

            to.WriteEndArray();
        });
    }

    private static Dictionary<string, List<string>> Lines(ModelState state, List<ModelCommit> page)
    {
        var lines = new Dictionary<string, List<string>>();
        foreach (var commit in page)
        {
            lines[commit.Id] = [$"commit:{commit.Id}:{commit.Captured.Hash}"];
            if (commit.Curated.Hash is { } hash)
            {
                lines[commit.Id].Add($"curated:{commit.Id}:{hash}");
            }
        }

        // A session without a turn does not count: turns that moved left it empty.
        var counted = new HashSet<string>();
        foreach (var turn in state.Turns.Values)
        {
            var session = state.Sessions[turn.SessionId];
            if (lines.TryGetValue(session.CommitId, out var own))
            {
                own.Add($"turn:{turn.Id}:{turn.Hash}");
                if (counted.Add(session.Id))
                {
                    own.Add($"session:{session.Id}:{session.Hash}");
                }
            }
        }

        foreach (var visual in state.Visuals.Values)
        {
            if (visual.DeletedAt is null && lines.TryGetValue(visual.CommitId, out var own))
            {
                own.Add($"visual:{visual.Id}:{visual.Hash}");
            }
        }

        return lines;
    }

    private static string Md5(string text)
    {
        // Only tells equal from different, as the SQL's md5() has it.
#pragma warning disable CA5351
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
    }
}

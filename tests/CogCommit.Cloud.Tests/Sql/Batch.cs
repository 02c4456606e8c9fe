using System.Text.Json.Nodes;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>Rows and batches in the shape of docs/sync-protocol.md.</summary>
internal static class Batch
{
    public static JsonObject Of(params IEnumerable<(string Kind, JsonNode Row)> rows)
    {
        var batch = new JsonObject { ["protocol"] = 1, ["push_id"] = NewId() };
        foreach (var kind in new[] { "machines", "projects", "commits", "sessions", "turns", "visuals" })
        {
            batch[kind] = new JsonArray([.. rows.Where(row => row.Kind == kind).Select(row => row.Row.DeepClone())]);
        }

        return batch;
    }

    public static string NewId() => Guid.NewGuid().ToString();

    public static (string Kind, JsonNode Row) Commit(string id, JsonObject? captured = null, JsonObject? curated = null) =>
        ("commits", new JsonObject { ["id"] = id, ["captured"] = captured?.DeepClone(), ["curated"] = curated?.DeepClone() });

    public static JsonObject Captured(string rev = "1", string hash = "a", Action<JsonObject>? but = null) => But(but, new JsonObject
    {
        ["source"] = "claude_code",
        ["agent_session_id"] = "s",
        ["project"] = "demo",
        ["branch"] = "main",
        ["git_hash"] = "99b497c",
        ["git_hashes"] = new JsonArray("99b497c"),
        ["git_subject"] = "subject",
        ["started_at"] = "2026-02-11T20:36:45.618000Z",
        ["closed_at"] = "2026-02-11T21:36:45.618000Z",
        ["closed_by"] = "git_commit",
        ["closed_after"] = null,
        ["parallel"] = false,
        ["files_read"] = new JsonArray("/a/b.cs"),
        ["files_changed"] = new JsonArray(),
        ["derived_title"] = "derived",
        ["turn_count"] = 1,
        ["prompt_count"] = 1,
        ["machine_id"] = "m1",
        ["rev"] = rev,
        ["hash"] = hash,
    });

    public static JsonObject Curated(int version = 1, string updatedAt = "2026-02-11T22:00:00.000000Z", string hash = "a", Action<JsonObject>? but = null) =>
        But(but, new JsonObject
        {
            ["title"] = null,
            ["title_set"] = false,
            ["project"] = null,
            ["published"] = false,
            ["hidden"] = false,
            ["display_order"] = 0,
            ["deleted_at"] = null,
            ["version"] = version,
            ["updated_at"] = updatedAt,
            ["hash"] = hash,
        });

    public static (string Kind, JsonNode Row) Session(string id, string commitId, string rev = "1", string hash = "a", Action<JsonObject>? but = null) =>
        ("sessions", But(but, new JsonObject
        {
            ["id"] = id,
            ["commit_id"] = commitId,
            ["agent_session_id"] = "s",
            ["is_subagent"] = false,
            ["started_at"] = "2026-02-11T20:36:45.618000Z",
            ["ended_at"] = "2026-02-11T21:36:45.618000Z",
            ["rev"] = rev,
            ["hash"] = hash,
        }));

    public static (string Kind, JsonNode Row) Turn(string id, string sessionId, string content = "hello", string rev = "1", string hash = "a", Action<JsonObject>? but = null) =>
        ("turns", But(but, new JsonObject
        {
            ["id"] = id,
            ["session_id"] = sessionId,
            ["ordinal"] = 0,
            ["role"] = "user",
            ["content"] = content,
            ["timestamp"] = "2026-02-11T20:36:45.618000Z",
            ["model"] = null,
            ["tool_calls"] = null,
            ["interrupted"] = false,
            ["usage"] = null,
            ["triggers_visual"] = false,
            ["rev"] = rev,
            ["hash"] = hash,
        }));

    public static (string Kind, JsonNode Row) Visual(string id, string commitId, int version = 1, long byteSize = 10, Action<JsonObject>? but = null) =>
        ("visuals", But(but, new JsonObject
        {
            ["id"] = id,
            ["commit_id"] = commitId,
            ["turn_id"] = null,
            ["type"] = "screenshot",
            ["captured_at"] = "2026-02-11T20:36:45.618000Z",
            ["caption"] = "a window",
            ["content_hash"] = new string('0', 64),
            ["byte_size"] = byteSize,
            ["mime"] = "image/png",
            ["version"] = version,
            ["updated_at"] = "2026-02-11T22:00:00.000000Z",
            ["deleted_at"] = null,
            ["rev"] = "1",
            ["hash"] = "a",
        }));

    /// <summary>A commit with one session and one turn: the three ids and a batch of all.</summary>
    public static (string Commit, string Session, string Turn, JsonObject Batch) Whole(string content = "hello", string startedAt = "2026-02-11T20:36:45.618000Z")
    {
        var (commit, session, turn) = (NewId(), NewId(), NewId());
        return (commit, session, turn, Of(
            Commit(commit, Captured(but: row => row["started_at"] = startedAt), Curated()),
            Session(session, commit),
            Turn(turn, session, content)));
    }

    public static string Status(this JsonObject answer, string kind, string id, string half = "status") =>
        answer["results"]![kind]!.AsArray().Single(row => (string?)row!["id"] == id)![half]?.GetValue<string>() ?? "null";

    public static string? Reason(this JsonObject answer, string kind, string id) =>
        (string?)answer["results"]![kind]!.AsArray().Single(row => (string?)row!["id"] == id)!["reason"];

    public static JsonNode? Row(this JsonObject rows, string kind, string id) =>
        rows[kind]!.AsArray().SingleOrDefault(row => (string?)row!["id"] == id);

    private static JsonObject But(Action<JsonObject>? but, JsonObject row)
    {
        but?.Invoke(row);
        return row;
    }
}

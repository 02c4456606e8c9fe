using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.CloudModel;
using CogCommit.CloudModel.Rows;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>Every row that the model holds, as <see cref="TableRows"/> gives those of the tables.</summary>
internal static class ModelRows
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2_000 };

    public static string Of(ModelCloud cloud) => new JsonObject
    {
        ["head"] = cloud.Head is { } head ? Head(head) : null,
        ["pushes"] = List(cloud.Pushes.Select(push => new JsonObject
        {
            ["seq"] = push.Seq,
            ["push_id"] = push.PushId,
            ["batch_id"] = push.BatchId,
            ["rows"] = push.Rows,
            ["bytes"] = push.Bytes,
        })),
        ["machines"] = List(cloud.Machines.Values.Select(machine => new JsonObject
        {
            ["machine_id"] = machine.MachineId,
            ["name"] = machine.Name,
            ["seq"] = machine.Seq,
            ["sync_cursor"] = machine.SyncedSeq?.ToString(CultureInfo.InvariantCulture),
        })),
        ["projects"] = List(cloud.Projects.Values.Select(project => new JsonObject
        {
            ["name"] = project.Name,
            ["remote_url"] = project.RemoteUrl,
            ["local_path"] = null,
            ["seq"] = project.Seq,
        })),
        ["commits"] = List(cloud.Commits.Values.Select(row => Commit(cloud, row))),
        ["sessions"] = List(cloud.Sessions.Values.Select(row => With(cloud, row.Wire, row.Id, row.Seq))),
        ["turns"] = List(cloud.Turns.Values.Select(row => With(cloud, row.Wire, row.Id, row.Seq, row.Bytes))),
        ["visuals"] = List(cloud.Visuals.Values.Select(row => With(cloud, row.Wire, row.Id, row.Seq, row.Bytes))),
    }.ToJsonString(new JsonSerializerOptions { MaxDepth = 2_000 });

    private static JsonObject Head(ModelHead head) => new()
    {
        ["seq"] = head.Seq,
        ["push_id"] = head.PushId,
        ["commits"] = head.Commits,
        ["bytes"] = head.Bytes,
        ["commit_rows"] = head.CommitRows,
        ["session_rows"] = head.SessionRows,
        ["turn_rows"] = head.TurnRows,
        ["visual_rows"] = head.VisualRows,
        ["wiped_at"] = Time(head.WipedAt),
        ["wiped_seq"] = head.WipedSeq,
    };

    private static JsonObject Commit(ModelCloud cloud, ModelCommit row)
    {
        var (captured, curated) = (row.Captured, row.Curated);
        var json = With(cloud, row.Wire, row.Id, row.Seq, row.Bytes);
        json["rev"] = captured.Rev;
        json["hash"] = captured.Hash;
        json["machine_id"] = captured.MachineId;
        json["shown_title"] = row.ShownTitle;
        json["shown_project"] = row.ShownProject;
        json["project"] = row.ShownProject;
        json["source"] = captured.Source;
        json["closed_by"] = captured.ClosedBy;
        json["agent_session_id"] = captured.AgentSessionId;
        json["closed_after"] = captured.ClosedAfter;
        json["git_hashes_is_null"] = captured.GitHashes is null;
        json["files_read_is_null"] = captured.FilesRead is null;
        json["files_changed_is_null"] = captured.FilesChanged is null;
        json["started_at"] = Times.Text(captured.StartedAt);
        json["closed_at"] = Times.Text(captured.ClosedAt);
        json["derived_title"] = captured.DerivedTitle;
        json["purge_after"] = Time(row.PurgeAfter);
        json["purged"] = row.Purged;
        json["deleted_at"] = Time(curated.DeletedAt);
        json["version"] = curated.Version;
        json["updated_at"] = Times.Text(curated.UpdatedAt);
        json["curated_hash"] = curated.Hash;
        json["parallel"] = row.Parallel;
        json["turn_count"] = captured.TurnCount;
        json["prompt_count"] = captured.PromptCount;
        json["stored_turns"] = row.StoredTurns;
        json["visual_bytes"] = row.VisualBytes;
        return json;
    }

    private static JsonObject With(ModelCloud cloud, ReadOnlySpan<byte> wire, string id, long seq, long? bytes = null)
    {
        var json = JsonNode.Parse(wire, documentOptions: Deep)!.AsObject();
        json["cloud_id"] = cloud.CloudId(id);
        json["seq"] = seq;
        if (bytes is { } known)
        {
            json["bytes"] = known;
        }

        return json;
    }

    private static string? Time(long? micros) => micros is { } known ? Times.Text(known) : null;

    /// <summary>jsonb_agg of nothing is null.</summary>
    private static JsonArray? List(IEnumerable<JsonObject> rows) => rows.ToArray() is { Length: > 0 } all ? new JsonArray([.. all]) : null;
}

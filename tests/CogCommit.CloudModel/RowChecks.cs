using CogCommit.CloudModel.Json;
using static CogCommit.CloudModel.Check;

namespace CogCommit.CloudModel;

/// <summary>Why a row is refused: the functions *_problem of the SQL. Null: it is not.</summary>
internal static class RowChecks
{
    private const long Count = int.MaxValue;
    private const long Much = 1_000_000_000_000;

    public static string? Captured(Jsonb j) => !j.IsObject ? "captured is no object"
        : !IsText(j["source"], 100) ? "source"
        : !IsTextOrAbsent(j["agent_session_id"], 500) ? "agent_session_id"
        : !IsTextOrAbsent(j["project"], 300) ? "project"
        : !IsTextOrAbsent(j["branch"], 2000) ? "branch"
        : !IsTextOrAbsent(j["git_hash"], 100) ? "git_hash"
        : !IsTextsOrAbsent(j["git_hashes"]) ? "git_hashes"
        : !IsTextOrAbsent(j["git_subject"], 10_000) ? "git_subject"
        : !IsTime(j["started_at"]) ? "started_at"
        : !IsTime(j["closed_at"]) ? "closed_at"
        : j.TextOf("closed_by") is not ("git_commit" or "session_end" or "explicit") ? "closed_by"
        : !IsTextOrAbsent(j["closed_after"], 200) ? "closed_after"
        : !IsFlagOrAbsent(j["parallel"]) ? "parallel"
        : !IsTextsOrAbsent(j["files_read"]) ? "files_read"
        : !IsTextsOrAbsent(j["files_changed"]) ? "files_changed"
        : !IsTextOrAbsent(j["derived_title"], 2000) ? "derived_title"
        : !IsIntOrAbsent(j["turn_count"], 0, Count) ? "turn_count"
        : !IsIntOrAbsent(j["prompt_count"], 0, Count) ? "prompt_count"
        : !IsIntOrAbsent(j["bytes"], 0, Much) ? "bytes"
        : !IsTextOrAbsent(j["machine_id"], 200) ? "machine_id"
        : !IsText(j["rev"], 500) ? "rev"
        : !IsText(j["hash"], 200) ? "hash"
        : j.PrintedBytes > 1_500_000 ? "larger than 1 MB"
        : null;

    public static string? Curated(Jsonb j) => !j.IsObject ? "curated is no object"
        : !IsTextOrAbsent(j["title"], 2000) ? "title"
        : !IsFlagOrAbsent(j["title_set"]) ? "title_set"
        : !IsTextOrAbsent(j["project"], 300) ? "project"
        : !IsFlagOrAbsent(j["published"]) ? "published"
        : !IsFlagOrAbsent(j["hidden"]) ? "hidden"
        : !IsIntOrAbsent(j["display_order"], int.MinValue, int.MaxValue) ? "display_order"
        : !IsTimeOrAbsent(j["deleted_at"]) ? "deleted_at"
        : !IsInt(j["version"], 1, 1 << 30) ? "version"
        : !IsTime(j["updated_at"]) ? "updated_at"
        : !IsText(j["hash"], 200) ? "hash"
        : null;

    public static string? Session(Jsonb j) => !j.IsObject ? "the session is no object"
        : !IsUuid(j["id"]) ? "id"
        : !IsUuid(j["commit_id"]) ? "commit_id"
        : !IsTextOrAbsent(j["agent_session_id"], 500) ? "agent_session_id"
        : !IsFlagOrAbsent(j["is_subagent"]) ? "is_subagent"
        : !IsTime(j["started_at"]) ? "started_at"
        : !IsTime(j["ended_at"]) ? "ended_at"
        : !IsText(j["rev"], 500) ? "rev"
        : !IsText(j["hash"], 200) ? "hash"
        : null;

    public static string? Turn(Jsonb j) => !j.IsObject ? "the turn is no object"
        : !IsUuid(j["id"]) ? "id"
        : !IsUuid(j["session_id"]) ? "session_id"
        : !IsInt(j["ordinal"], 0, 9_007_199_254_740_991) ? "ordinal"
        : j.TextOf("role") is not ("user" or "assistant") ? "role"
        : !IsTextOrAbsent(j["content"], 4_194_304) ? "content"
        : !IsTime(j["timestamp"]) ? "timestamp"
        : !IsTextOrAbsent(j["model"], 300) ? "model"
        : !IsCallsOrAbsent(j["tool_calls"]) ? "tool_calls"
        : !IsFlagOrAbsent(j["interrupted"]) ? "interrupted"
        : !IsUsageOrAbsent(j["usage"]) ? "usage"
        : !IsFlagOrAbsent(j["triggers_visual"]) ? "triggers_visual"
        : !IsText(j["rev"], 500) ? "rev"
        : !IsText(j["hash"], 200) ? "hash"
        : IsTooDeep(j["tool_calls"]) ? "tool_calls are nested too deep"
        : null;

    public static string? Visual(Jsonb j) => !j.IsObject ? "the visual is no object"
        : !IsUuid(j["id"]) ? "id"
        : !IsUuid(j["commit_id"]) ? "commit_id"
        : !(IsAbsent(j["turn_id"]) || IsUuid(j["turn_id"])) ? "turn_id"
        : !IsText(j["type"], 100) ? "type"
        : !IsTime(j["captured_at"]) ? "captured_at"
        : !IsTextOrAbsent(j["caption"], 10_000) ? "caption"
        : !IsSha256OrAbsent(j["content_hash"]) ? "content_hash"
        : !IsInt(j["byte_size"], 0, 52_428_800) ? "byte_size"
        : !IsTextOrAbsent(j["mime"], 200) ? "mime"
        : !IsInt(j["version"], 1, 1 << 30) ? "version"
        : !IsTime(j["updated_at"]) ? "updated_at"
        : !IsTimeOrAbsent(j["deleted_at"]) ? "deleted_at"
        : !IsText(j["rev"], 500) ? "rev"
        : !IsText(j["hash"], 200) ? "hash"
        : null;

    private static bool IsSha256OrAbsent(Jsonb? j) =>
        IsAbsent(j) || j is { Kind: JsonbKind.String, Text: { Length: 64 } text } && text.All(char.IsAsciiHexDigitLower);
}

using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Turns read back from their rows, to be written under another session.</summary>
internal sealed class StoredTurns(WriteTransaction transaction)
{
    /// <summary>The revision of a turn's row; null when there is none, or when it stands in another agent session, which counts other records.</summary>
    public string? RevisionOf(string id, string agentSession) =>
        transaction.Prepare("select t.rev from turns t join sessions s on s.id = t.session_id where t.id = $id and s.agent_session_id = $key")
            .With(("$id", id), ("$key", agentSession)).ExecuteScalar() as string;

    /// <summary>The row that stays is in another session, or greater: somebody who cuts otherwise, and is right, wrote it (Cut/Boundaries).</summary>
    public void NoteIfOthers(string id, string session, string rev) => transaction.Execute(
        "insert or ignore into moved_turns (turn_id) select id from turns where id = $id and (session_id <> $session or rev > $rev)",
        ("$id", id), ("$session", session), ("$rev", rev));

    public CapturedTurn? Read(string id)
    {
        using var reader = transaction.Prepare("""
            select session_id, ordinal, role, content, timestamp, model, tool_calls, interrupted, usage, triggers_visual from turns where id = $id
            """).With("$id", id).ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new CapturedTurn
        {
            Id = id,
            SessionId = reader.GetString(0),
            Ordinal = reader.GetInt32(1),
            Role = reader.GetString(2),
            Content = Text(3),
            Timestamp = Timestamps.Parse(reader.GetString(4)),
            Model = Text(5),
            ToolCalls = [.. ToolCallJson.Read(Text(6)).Select(call => new ToolCall
            {
                ToolUseId = call.Id,
                Name = call.Name,
                Input = call.Input,
                Result = call.Result,
                IsError = call.IsError,
            })],
            Interrupted = reader.GetInt64(7) != 0,
            Usage = TokenUsage.Read(Text(8)),
            TriggersVisual = reader.GetInt64(9) != 0,
        };
    }
}

using CogCommit.Core.Capture.Memory;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Turns read back from their rows, to be written under another session.</summary>
internal sealed class StoredTurns(WriteTransaction transaction)
{
    /// <param name="agentSession">Whose records are counted: the row may be of another session that replayed the turn.</param>
    /// <param name="rev">The row's revision when it is of this session.</param>
    public CapturedTurn? Read(string id, string agentSession, out string? rev)
    {
        using var reader = transaction.Prepare("""
            select t.session_id, t.ordinal, t.role, t.content, t.timestamp, t.model, t.tool_calls, t.interrupted, t.usage, t.triggers_visual,
              case when s.agent_session_id = $key then t.rev end
            from turns t join sessions s on s.id = t.session_id where t.id = $id
            """).With(("$id", id), ("$key", agentSession)).ExecuteReader();
        rev = null;
        if (!reader.Read())
        {
            return null;
        }

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        rev = Text(10);
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
            Usage = ToolCallJson.ReadUsage(Text(8)),
            TriggersVisual = reader.GetInt64(9) != 0,
        };
    }
}

using CogCommit.Core.Rows.Json;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>The members of a line that the rules may need, still as bytes. Of a repeated member the last counts, as everywhere in JSON.</summary>
internal ref struct RecordFields
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Uuid;
    public ReadOnlySpan<byte> SessionId;
    public ReadOnlySpan<byte> AgentId;
    public ReadOnlySpan<byte> Timestamp;
    public ReadOnlySpan<byte> Cwd;
    public ReadOnlySpan<byte> GitBranch;
    public ReadOnlySpan<byte> IsSidechain;
    public ReadOnlySpan<byte> IsMeta;
    public ReadOnlySpan<byte> IsCompactSummary;
    public ReadOnlySpan<byte> Message;
    public ReadOnlySpan<byte> ToolUseResult;
    public ReadOnlySpan<byte> Operation;
    public ReadOnlySpan<byte> Reason;
    public ReadOnlySpan<byte> Content;
    public ReadOnlySpan<byte> Attachment;
    public ReadOnlySpan<byte> Data;
    public ReadOnlySpan<byte> ParentToolUseId;

    /// <summary>Reads the whole line, so that broken JSON anywhere in it is found. False when it is no object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out RecordFields fields)
    {
        fields = default;
        var members = new JsonMembers(line);
        while (members.MoveNext())
        {
            Slot(ref fields, members.Name, members.Value);
        }

        return members.IsObject;
    }

    private static void Slot(ref RecordFields fields, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("type"u8)) fields.Type = value;
        else if (name.SequenceEqual("uuid"u8)) fields.Uuid = value;
        else if (name.SequenceEqual("sessionId"u8)) fields.SessionId = value;
        else if (name.SequenceEqual("agentId"u8)) fields.AgentId = value;
        else if (name.SequenceEqual("timestamp"u8)) fields.Timestamp = value;
        else if (name.SequenceEqual("cwd"u8)) fields.Cwd = value;
        else if (name.SequenceEqual("gitBranch"u8)) fields.GitBranch = value;
        else if (name.SequenceEqual("isSidechain"u8)) fields.IsSidechain = value;
        else if (name.SequenceEqual("isMeta"u8)) fields.IsMeta = value;
        else if (name.SequenceEqual("isCompactSummary"u8)) fields.IsCompactSummary = value;
        else if (name.SequenceEqual("message"u8)) fields.Message = value;
        else if (name.SequenceEqual("toolUseResult"u8)) fields.ToolUseResult = value;
        else if (name.SequenceEqual("operation"u8)) fields.Operation = value;
        else if (name.SequenceEqual("reason"u8)) fields.Reason = value;
        else if (name.SequenceEqual("content"u8)) fields.Content = value;
        else if (name.SequenceEqual("attachment"u8)) fields.Attachment = value;
        else if (name.SequenceEqual("data"u8)) fields.Data = value;
        else if (name.SequenceEqual("parentToolUseID"u8)) fields.ParentToolUseId = value;
    }
}

using System.Buffers.Text;
using System.Text.Json;
using CogCommit.Core.Rows.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>One line of a transcript to one record. Pure, and never throws: a line that is no record has a reason.</summary>
internal static class RecordParser
{
    // The cloud takes no more, and sums of more would leave 64 bits.
    private const long MostTokens = 1_000_000_000_000;

    /// <param name="line">The line's bytes, without its line ending.</param>
    public static ParseResult Parse(ReadOnlySpan<byte> line)
    {
        line = Trim(line);
        if (line.IsEmpty)
        {
            return default;
        }

        try
        {
            return RecordFields.TryRead(line, out var fields)
                ? new ParseResult(Read(fields), null)
                : ParseResult.Bad("is no JSON object");
        }
        catch (JsonException e)
        {
            return ParseResult.Bad($"is no complete JSON: broken at byte {e.BytePositionInLine}");
        }
    }

    private static TranscriptRecord Read(RecordFields fields)
    {
        var replaced = 0;
        var common = Common(fields, ref replaced);
        var record = common;
        if (JsonText.Is(fields.Type, "user"u8))
        {
            record = User(common, fields, ref replaced);
        }
        else if (JsonText.Is(fields.Type, "assistant"u8))
        {
            record = Assistant(common, fields, ref replaced);
        }
        else if (JsonText.Is(fields.Type, "queue-operation"u8))
        {
            record = QueueOperation(common, fields, ref replaced);
        }
        else if (JsonText.Is(fields.Type, "attachment"u8))
        {
            record = QueuedCommand(common, fields, ref replaced);
        }
        else if (JsonText.Is(fields.Type, "progress"u8))
        {
            record = AgentProgress(common, fields, ref replaced);
        }

        return replaced == 0 ? record : record with { Replaced = replaced };
    }

    // Records of no interest keep these too: their times stand in for missing ones, and the first one tells where a file begins.
    private static TranscriptRecord Common(RecordFields fields, ref int replaced) => new()
    {
        Kind = RecordKind.Other,
        Uuid = JsonText.String(fields.Uuid, ref replaced),
        SessionId = JsonText.String(fields.SessionId, ref replaced),
        AgentId = LongestText.Cut(JsonText.String(fields.AgentId, ref replaced), LongestText.AgentId),
        IsSidechain = JsonText.IsTrue(fields.IsSidechain),
        Timestamp = Time(fields.Timestamp),
        Cwd = JsonText.String(fields.Cwd, ref replaced),
        GitBranch = LongestText.Cut(JsonText.String(fields.GitBranch, ref replaced), LongestText.Branch),
        IsMeta = JsonText.IsTrue(fields.IsMeta),
    };

    private static TranscriptRecord User(TranscriptRecord common, RecordFields fields, ref int replaced)
    {
        var message = new JsonMembers(fields.Message);
        ReadOnlySpan<byte> content = default;
        while (message.MoveNext())
        {
            if (message.Name.SequenceEqual("content"u8)) content = message.Value;
        }

        var blocks = ContentBlocks.Read(content, ref replaced);

        // toolUseResult belongs to the record: with several results in one there is no telling whose it is.
        if (blocks.ToolResults.Count == 1)
        {
            blocks.ToolResults[0] = ToolUseResultFields.AddTo(blocks.ToolResults[0], fields.ToolUseResult, ref replaced);
        }

        return common with
        {
            Kind = RecordKind.User,
            IsCompactSummary = JsonText.IsTrue(fields.IsCompactSummary),
            Text = blocks.Text,
            Images = blocks.Images,
            ToolResults = blocks.ToolResults,
        };
    }

    private static TranscriptRecord Assistant(TranscriptRecord common, RecordFields fields, ref int replaced)
    {
        ReadOnlySpan<byte> id = default, model = default, content = default, usage = default;
        var message = new JsonMembers(fields.Message);
        while (message.MoveNext())
        {
            var name = message.Name;
            if (name.SequenceEqual("id"u8)) id = message.Value;
            else if (name.SequenceEqual("model"u8)) model = message.Value;
            else if (name.SequenceEqual("content"u8)) content = message.Value;
            else if (name.SequenceEqual("usage"u8)) usage = message.Value;
        }

        var blocks = ContentBlocks.Read(content, ref replaced);
        return common with
        {
            Kind = RecordKind.Assistant,
            MessageId = JsonText.String(id, ref replaced),
            Model = LongestText.Cut(JsonText.String(model, ref replaced), LongestText.Model),
            Text = blocks.Text,
            ToolUses = blocks.ToolUses,
            Usage = Usage(usage),
        };
    }

    private static TokenUsage? Usage(ReadOnlySpan<byte> usage)
    {
        long input = 0, output = 0, created = 0, read = 0;
        var members = new JsonMembers(usage);
        while (members.MoveNext())
        {
            var name = members.Name;
            if (name.SequenceEqual("input_tokens"u8)) input = Count(members.Value);
            else if (name.SequenceEqual("output_tokens"u8)) output = Count(members.Value);
            else if (name.SequenceEqual("cache_creation_input_tokens"u8)) created = Count(members.Value);
            else if (name.SequenceEqual("cache_read_input_tokens"u8)) read = Count(members.Value);
        }

        return members.IsObject ? new TokenUsage(input, output, created, read) : null;
    }

    private static TranscriptRecord QueueOperation(TranscriptRecord common, RecordFields fields, ref int replaced) => common with
    {
        Kind = RecordKind.QueueOperation,
        Operation = JsonText.String(fields.Operation, ref replaced),
        Reason = JsonText.String(fields.Reason, ref replaced),
        Text = ContentBlocks.Read(fields.Content, ref replaced).Text,
    };

    private static TranscriptRecord QueuedCommand(TranscriptRecord common, RecordFields fields, ref int replaced)
    {
        ReadOnlySpan<byte> type = default, prompt = default, isMeta = default, origin = default;
        var attachment = new JsonMembers(fields.Attachment);
        while (attachment.MoveNext())
        {
            var name = attachment.Name;
            if (name.SequenceEqual("type"u8)) type = attachment.Value;
            else if (name.SequenceEqual("prompt"u8)) prompt = attachment.Value;
            else if (name.SequenceEqual("isMeta"u8)) isMeta = attachment.Value;
            else if (name.SequenceEqual("origin"u8)) origin = attachment.Value;
        }

        if (!JsonText.Is(type, "queued_command"u8))
        {
            return common;
        }

        var blocks = ContentBlocks.Read(prompt, ref replaced);
        return common with
        {
            Kind = RecordKind.QueuedCommand,
            IsMeta = common.IsMeta || JsonText.IsTrue(isMeta) || IsOfNoPerson(origin),
            Text = blocks.Text,
            Images = blocks.Images,
        };
    }

    // Hooks and tasks queue texts too, and newer releases say who did: a human, or one who writes through a channel.
    private static bool IsOfNoPerson(ReadOnlySpan<byte> origin)
    {
        ReadOnlySpan<byte> kind = default;
        var members = new JsonMembers(origin);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("kind"u8)) kind = members.Value;
        }

        return JsonText.IsString(kind) && !JsonText.Is(kind, "human"u8) && !JsonText.Is(kind, "channel"u8);
    }

    private static TranscriptRecord AgentProgress(TranscriptRecord common, RecordFields fields, ref int replaced)
    {
        ReadOnlySpan<byte> type = default, agentId = default;
        var data = new JsonMembers(fields.Data);
        while (data.MoveNext())
        {
            if (data.Name.SequenceEqual("type"u8)) type = data.Value;
            else if (data.Name.SequenceEqual("agentId"u8)) agentId = data.Value;

            // Most lines of a transcript are progress of hooks and shells, and say so first.
            if (!type.IsEmpty && !JsonText.Is(type, "agent_progress"u8))
            {
                return common;
            }
        }

        return type.IsEmpty ? common : common with
        {
            Kind = RecordKind.AgentProgress,
            AgentId = LongestText.Cut(JsonText.String(agentId, ref replaced), LongestText.AgentId),
            ParentToolUseId = JsonText.String(fields.ParentToolUseId, ref replaced),
        };
    }

    private static DateTimeOffset? Time(ReadOnlySpan<byte> value)
    {
        var ignored = 0;
        return Timestamps.TryParse(JsonText.String(value, ref ignored), out var time) ? time : null;
    }

    private static long Count(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long count, out var read) && read == value.Length && count is > 0 and <= MostTokens ? count : 0;

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) => line.Trim(JsonSpace.Characters);
}

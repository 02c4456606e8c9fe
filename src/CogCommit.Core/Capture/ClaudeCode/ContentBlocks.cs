using System.Text;
using CogCommit.Core.Rows.Json;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>The content of a message, a tool result or a queued prompt: a string, or an array of blocks. Unknown blocks are passed over.</summary>
internal sealed class ContentBlocks
{
    private StringBuilder? _joined;

    /// <summary>The string, or the text blocks joined by a newline; null when there is none.</summary>
    public string? Text { get; private set; }

    public List<CapturedImage> Images { get; } = [];

    public List<ToolResult> ToolResults { get; } = [];

    public List<ToolUse> ToolUses { get; } = [];

    public static ContentBlocks Read(ReadOnlySpan<byte> content, ref int replaced)
    {
        var blocks = new ContentBlocks();
        if (JsonText.IsString(content))
        {
            blocks.Text = JsonText.String(content, ref replaced);
            return blocks;
        }

        var items = new JsonItems(content);
        while (items.MoveNext())
        {
            blocks.AddBlock(items.Value, ref replaced);
        }

        blocks.Text = blocks._joined?.ToString() ?? blocks.Text;
        return blocks;
    }

    private void AddBlock(ReadOnlySpan<byte> block, ref int replaced)
    {
        if (JsonText.IsString(block))
        {
            AddText(block, ref replaced);
            return;
        }

        ReadOnlySpan<byte> type = default, text = default, source = default, id = default, name = default, input = default;
        ReadOnlySpan<byte> toolUseId = default, content = default, isError = default;
        var members = new JsonMembers(block);
        while (members.MoveNext())
        {
            var key = members.Name;
            if (key.SequenceEqual("type"u8)) type = members.Value;
            else if (key.SequenceEqual("text"u8)) text = members.Value;
            else if (key.SequenceEqual("source"u8)) source = members.Value;
            else if (key.SequenceEqual("id"u8)) id = members.Value;
            else if (key.SequenceEqual("name"u8)) name = members.Value;
            else if (key.SequenceEqual("input"u8)) input = members.Value;
            else if (key.SequenceEqual("tool_use_id"u8)) toolUseId = members.Value;
            else if (key.SequenceEqual("content"u8)) content = members.Value;
            else if (key.SequenceEqual("is_error"u8)) isError = members.Value;
        }

        if (JsonText.Is(type, "text"u8))
        {
            AddText(text, ref replaced);
        }
        else if (JsonText.Is(type, "image"u8))
        {
            AddImage(source, ref replaced);
        }
        else if (JsonText.Is(type, "tool_use"u8))
        {
            ToolUses.Add(new ToolUse(
                JsonText.String(id, ref replaced) ?? "",
                JsonText.String(name, ref replaced) ?? "",
                input.IsEmpty ? "{}" : StorableJson.Rewrite(input, ref replaced)));
        }
        else if (JsonText.Is(type, "tool_result"u8))
        {
            var inner = Read(content, ref replaced);
            ToolResults.Add(new ToolResult(JsonText.String(toolUseId, ref replaced) ?? "", inner.Text ?? "", JsonText.IsTrue(isError))
            {
                Images = inner.Images,
            });
        }
    }

    private void AddText(ReadOnlySpan<byte> value, ref int replaced)
    {
        if (JsonText.String(value, ref replaced) is not { } text)
        {
            return;
        }

        if (Text is null)
        {
            Text = text;
            return;
        }

        _joined ??= new StringBuilder(Text);
        _joined.Append('\n').Append(text);
    }

    // Only images that are in the transcript itself: an address may be private, and may change.
    private void AddImage(ReadOnlySpan<byte> source, ref int replaced)
    {
        ReadOnlySpan<byte> mediaType = default, data = default;
        var members = new JsonMembers(source);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("media_type"u8)) mediaType = members.Value;
            else if (members.Name.SequenceEqual("data"u8)) data = members.Value;
        }

        if (JsonText.String(data, ref replaced) is { Length: > 0 } base64)
        {
            Images.Add(new CapturedImage(LongestText.Cut(JsonText.String(mediaType, ref replaced), LongestText.MediaType) ?? "application/octet-stream", base64));
        }
    }
}

using System.Text.RegularExpressions;
using CogCommit.Core.Rows.Json;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>
/// What a record's <c>toolUseResult</c> says beyond its tool_result block. Its form differs per tool: a string or an array says nothing
/// new, of an object a few members matter. Older and newer releases say the same in the block's text, which is read where the member is missing.
/// </summary>
internal static partial class ToolUseResultFields
{
    public static ToolResult AddTo(ToolResult result, ReadOnlySpan<byte> toolUseResult, ref int replaced)
    {
        string? stdout = null, agentId = null, backgroundId = null, spilled = null, fetchedId = null;
        var members = new JsonMembers(toolUseResult);
        while (members.MoveNext())
        {
            var name = members.Name;
            if (name.SequenceEqual("stdout"u8)) stdout = JsonText.String(members.Value, ref replaced);
            else if (name.SequenceEqual("agentId"u8)) agentId = LongestText.Cut(JsonText.String(members.Value, ref replaced), LongestText.AgentId);
            else if (name.SequenceEqual("backgroundTaskId"u8)) backgroundId = JsonText.String(members.Value, ref replaced);
            else if (name.SequenceEqual("persistedOutputPath"u8)) spilled = JsonText.String(members.Value, ref replaced);
            else if (name.SequenceEqual("shellId"u8)) fetchedId = JsonText.String(members.Value, ref replaced);
            else if (name.SequenceEqual("task"u8)) (fetchedId, stdout) = Task(members.Value, ref replaced);
            else if (name.SequenceEqual("file"u8) && OutputFile(members.Value) is { } file) (fetchedId, stdout) = file;
        }

        return result with
        {
            Stdout = stdout,
            AgentId = agentId,
            BackgroundId = backgroundId ?? BackgroundIdIn(result.Text),
            SpilledPath = spilled ?? SpilledPathIn(result.Text),
            FetchedId = fetchedId,
        };
    }

    // TaskOutput: what a background call has written until now.
    private static (string? Id, string? Output) Task(ReadOnlySpan<byte> task, ref int replaced)
    {
        string? id = null, output = null;
        var members = new JsonMembers(task);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("task_id"u8)) id = JsonText.String(members.Value, ref replaced);
            else if (members.Name.SequenceEqual("output"u8)) output = JsonText.String(members.Value, ref replaced);
        }

        return (id, output);
    }

    // Read of the file that a background call writes. The block's text has line numbers before each line; this has none.
    private static (string? Id, string? Output)? OutputFile(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> path = default, content = default;
        var members = new JsonMembers(file);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("filePath"u8)) path = members.Value;
            else if (members.Name.SequenceEqual("content"u8)) content = members.Value;
        }

        var ignored = 0;
        return ShellTools.OutputFileId(JsonText.String(path, ref ignored)) is { } id ? (id, JsonText.String(content, ref ignored)) : null;
    }

    private static string? BackgroundIdIn(string text)
    {
        var match = Background().Match(text);
        return match.Success ? match.Groups["id"].Value : null;
    }

    private static string? SpilledPathIn(string text)
    {
        var match = Spilled().Match(text);
        return match.Success ? match.Groups["path"].Value : null;
    }

    // Only as the whole result's own first words: a program's output may hold the same sentence.
    [GeneratedRegex(@"\A(?:Command running in background with ID: |Command did not complete within [^\n]{1,80} moved to the background \(ID: )(?<id>[A-Za-z0-9_-]+)")]
    private static partial Regex Background();

    [GeneratedRegex(@"\A\s*<persisted-output>\s*\n[^\n]{0,200}?(?:Full output saved to|Output has been saved to):? (?<path>[^\r\n]+?)\r?(?:\n|\z)")]
    private static partial Regex Spilled();
}

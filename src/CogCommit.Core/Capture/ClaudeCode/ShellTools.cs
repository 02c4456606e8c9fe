using System.Text;
using System.Text.RegularExpressions;
using CogCommit.Core.Rows.Json;
using CogCommit.Core.Capture.Shell;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>The tools that run commands, and those that fetch the output of one that runs in the background.</summary>
internal static partial class ShellTools
{
    /// <summary>The commands a call runs, each as its words; none for a call of another tool.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Commands(string tool, string input) => tool switch
    {
        "Bash" => PosixCommands.In(Text(input, "command"u8) ?? ""),
        "PowerShell" => PowerShellCommands.In(Text(input, "command"u8) ?? ""),
        _ => [],
    };

    /// <summary>The id of the background call whose output a call asks for, or null.</summary>
    public static string? Fetches(string tool, string input) => tool switch
    {
        "TaskOutput" or "AgentOutputTool" or "BashOutputTool" => Text(input, "task_id"u8) ?? Text(input, "agentId"u8) ?? Text(input, "bash_id"u8),
        "BashOutput" => Text(input, "bash_id"u8) ?? Text(input, "shell_id"u8),
        "Read" => OutputFileId(Text(input, "file_path"u8)),
        "Bash" or "PowerShell" => OutputFile().Match(Text(input, "command"u8) ?? "") is { Success: true } match ? match.Groups["id"].Value : null,
        _ => null,
    };

    /// <summary>The newest releases have no tool for it: the agent reads <c>tasks/&lt;id&gt;.output</c>, which the call's result names.</summary>
    public static string? OutputFileId(string? path) =>
        OutputFile().Match(path ?? "") is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex(@"[\\/]tasks[\\/](?<id>[A-Za-z0-9_-]+)\.output(?![A-Za-z0-9_.-])")]
    private static partial Regex OutputFile();

    private static string? Text(string input, ReadOnlySpan<byte> name)
    {
        string? text = null;
        var replaced = 0;
        var members = new JsonMembers(Encoding.UTF8.GetBytes(input));
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual(name))
            {
                text = JsonText.String(members.Value, ref replaced);
            }
        }

        return text;
    }
}

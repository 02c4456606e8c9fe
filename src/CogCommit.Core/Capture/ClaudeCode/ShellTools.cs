using System.Text;
using CogCommit.Core.Capture.Json;
using CogCommit.Core.Capture.Shell;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>The tools that run commands, and those that fetch the output of one that runs in the background.</summary>
internal static class ShellTools
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
        _ => null,
    };

    /// <summary>The newest releases have no tool for it: the agent reads <c>tasks/&lt;id&gt;.output</c>, which the call's result names.</summary>
    public static string? OutputFileId(string? path)
    {
        var parts = (path ?? "").Split('/', '\\');
        return parts.Length >= 2 && parts[^2] == "tasks" && parts[^1].EndsWith(".output", StringComparison.Ordinal)
            ? parts[^1][..^".output".Length]
            : null;
    }

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

using System.Text;
using CogCommit.Core.Rows.Json;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>Which file a tool call reads or changes (rule 7).</summary>
internal static class TouchedFiles
{
    /// <param name="tool">The tool's name.</param>
    /// <param name="input">Its input, JSON.</param>
    /// <param name="isError">A failed call touches nothing.</param>
    /// <param name="workTree">The work tree, as the transcript names it; this machine is not asked.</param>
    public static TouchedFile? Of(string tool, string input, bool isError, string? workTree)
    {
        if (isError || Changes(tool) is not { } changed || Path(input) is not { } path)
        {
            return null;
        }

        return new TouchedFile(WorkTreePath.Relative(path, workTree), path, changed);
    }

    private static bool? Changes(string tool) => tool switch
    {
        "Read" or "NotebookRead" => false,
        "Edit" or "MultiEdit" or "Write" or "NotebookEdit" => true,
        _ => null,
    };

    private static string? Path(string input)
    {
        string? file = null, notebook = null, path = null;
        var replaced = 0;
        var members = new JsonMembers(Encoding.UTF8.GetBytes(input));
        while (members.MoveNext())
        {
            var name = members.Name;
            if (name.SequenceEqual("file_path"u8)) file = JsonText.String(members.Value, ref replaced);
            else if (name.SequenceEqual("notebook_path"u8)) notebook = JsonText.String(members.Value, ref replaced);
            else if (name.SequenceEqual("path"u8)) path = JsonText.String(members.Value, ref replaced);
        }

        return new[] { file, notebook, path }.FirstOrDefault(candidate => !string.IsNullOrWhiteSpace(candidate)) is { Length: <= LongestText.Path } found ? found : null;
    }
}

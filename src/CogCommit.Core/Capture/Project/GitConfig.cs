using System.Text;
using System.Text.RegularExpressions;

namespace CogCommit.Core.Capture.Project;

/// <summary>As much of git's config as it takes to find a remote's address.</summary>
internal static partial class GitConfig
{
    /// <summary>The address of <c>origin</c>, else of the first remote that has one.</summary>
    public static string? RemoteUrl(string config)
    {
        string? first = null, origin = null, remote = null;
        foreach (var line in config.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
        {
            if (Section().Match(line) is { Success: true } section)
            {
                remote = section.Groups["remote"] is { Success: true } name ? name.Value.Replace("\\", "", StringComparison.Ordinal) : null;
            }
            else if (remote is not null && Url().Match(line) is { Success: true } url && Value(url.Groups["value"].Value) is { Length: > 0 } value)
            {
                first ??= value;
                origin ??= remote == "origin" ? value : null;
            }
        }

        return origin ?? first;
    }

    // Quotes keep spaces and comment signs; outside of them # and ; begin a comment.
    private static string Value(string written)
    {
        var value = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < written.Length && (quoted || written[i] is not ('#' or ';')); i++)
        {
            if (written[i] == '"')
            {
                quoted = !quoted;
            }
            else
            {
                i += written[i] == '\\' && i + 1 < written.Length ? 1 : 0;
                value.Append(written[i]);
            }
        }

        return value.ToString().Trim();
    }

    [GeneratedRegex("""\A\s*\[(?:remote\s+"(?<remote>(?:[^"\\]|\\.)*)"|[^\]]*)\]""", RegexOptions.IgnoreCase)]
    private static partial Regex Section();

    [GeneratedRegex(@"\A\s*url\s*=\s*(?<value>.*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Url();
}

using System.Text.RegularExpressions;

namespace CogCommit.Build.Pack;

/// <summary>What the changelog says of one version.</summary>
internal static partial class ReleaseNotes
{
    /// <summary>The version's own section, before it is released that of the unreleased.</summary>
    public static string Of(string changelog, string version)
    {
        var sections = Section().Split(changelog.ReplaceLineEndings("\n"));
        // Split gives: what stands above, then name and text by turns.
        var texts = Enumerable.Range(0, sections.Length / 2).ToDictionary(i => sections[(2 * i) + 1], i => sections[(2 * i) + 2]);
        if (!texts.TryGetValue(version, out var text) && !texts.TryGetValue("Unreleased", out text))
        {
            throw new BuildException($"CHANGELOG.md has neither a section [{version}] nor [Unreleased]: say there what changed.");
        }

        return LinkIntoTheRepository().Replace(text.Trim(), "$1");
    }

    [GeneratedRegex(@"^## \[([^\]]+)\].*\n", RegexOptions.Multiline)]
    private static partial Regex Section();

    // Who reads the notes in a gallery has no repository around them.
    [GeneratedRegex(@"\[([^\]]+)\]\((?!https?://)[^)]+\)")]
    private static partial Regex LinkIntoTheRepository();
}

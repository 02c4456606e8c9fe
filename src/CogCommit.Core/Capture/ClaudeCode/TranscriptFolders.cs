namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>Where Claude Code keeps its transcripts when nobody says otherwise.</summary>
internal static class TranscriptFolders
{
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="home">The user's home folder.</param>
    /// <returns>The folders, each once, whether they are there or not.</returns>
    public static IReadOnlyList<string> Default(Func<string, string?> environment, string home)
    {
        var named = (environment("CLAUDE_CONFIG_DIR") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => folder == "~" || folder.StartsWith("~/", StringComparison.Ordinal) ? home + folder[1..] : folder);
        var config = environment("XDG_CONFIG_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".config");
        return
        [
            .. named.Append(Path.Combine(home, ".claude")).Append(Path.Combine(config, "claude"))
                .Select(folder => Path.Combine(Path.TrimEndingDirectorySeparator(folder), "projects"))
                .Distinct(),
        ];
    }
}

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>
/// Where the output that was too long for a transcript lies. A transcript may name any path, and may come from anywhere: only files below
/// a <c>tool-results</c> folder beside the transcript are looked at, never another path of this machine.
/// </summary>
internal static class SpilledOutput
{
    private const string Folder = "tool-results";

    /// <summary>The paths to try, best first: below the session's own folder, and, since a fork names the files of the session it
    /// replays, below that of the session that the path names.</summary>
    /// <param name="transcript">The path of the main transcript or of a subagent's.</param>
    /// <param name="sessionId">The main session.</param>
    /// <param name="written">The path as the transcript has it, maybe of another machine.</param>
    public static IReadOnlyList<string> Candidates(string transcript, string sessionId, string written)
    {
        var parts = written.Split('/', '\\');
        var folder = Array.LastIndexOf(parts, Folder);
        if (folder < 0 || ProjectFolder(transcript) is not { } project)
        {
            return [];
        }

        var below = parts[(folder + 1)..];
        if (below.Length == 0 || !below.All(IsPlain))
        {
            return [];
        }

        var named = folder > 0 && Guid.TryParseExact(parts[folder - 1], "D", out _) ? parts[folder - 1] : sessionId;
        return [.. new[] { sessionId, named }.Distinct().Where(IsPlain).Select(session => Path.Combine([project, session, Folder, .. below]))];
    }

    private static string? ProjectFolder(string transcript)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(transcript));
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (Path.GetFileName(above) == "subagents")
            {
                return Path.GetDirectoryName(Path.GetDirectoryName(above));
            }
        }

        return folder;
    }

    // No way up, no drive, no alternate stream, no NUL.
    private static bool IsPlain(string part) => part is not ("" or "." or "..") && !part.AsSpan().ContainsAny(':', '\0');
}

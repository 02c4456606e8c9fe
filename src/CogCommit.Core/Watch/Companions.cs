using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Watch;

/// <summary>
/// Which other transcripts an import has to see beside one that changed: its copies elsewhere, of which the longest counts, and with a main
/// one those of its subagents, which wait for it or have to be read anew with it. Told by paths alone.
/// </summary>
internal static class Companions
{
    /// <param name="changed">The transcripts that changed.</param>
    /// <param name="known">All that there are.</param>
    /// <param name="workedOn">Those that changed lately.</param>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> changed, IReadOnlyCollection<string> known, IEnumerable<string> workedOn)
    {
        var together = new HashSet<string>(changed);
        if (changed.Count < known.Count)
        {
            var names = changed.Select(path => Path.GetFileName(path)).ToHashSet();
            var mains = changed.Select(TranscriptPath.Of).Where(path => path.Kind == TranscriptKind.Main).Select(path => path.SessionId!).ToHashSet();
            together.UnionWith(known.Where(path => names.Contains(Path.GetFileName(path)) || IsSubagentOf(path, mains)));
            // In the older layout a subagent's file lies beside the main ones, hundreds of them in the end, and only its records name whose
            // it is: those that may still wait are enough.
            together.UnionWith(workedOn.Where(path => mains.Count > 0 && TranscriptPath.Of(path) is { Kind: TranscriptKind.Subagent, SessionId: null }));
        }

        return [.. together];
    }

    private static bool IsSubagentOf(string path, HashSet<string> mains) =>
        mains.Count > 0 && path.Contains("subagents", StringComparison.Ordinal)
        && TranscriptPath.Of(path) is { Kind: TranscriptKind.Subagent, SessionId: { } session } && mains.Contains(session);
}

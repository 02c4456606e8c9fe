using System.Buffers;
using CogCommit.Core.Capture.Shell;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>Whether git made a commit (rule 5): the call ran a command that makes one, and a line of the output proves it.</summary>
internal static class GitCommitEvidence
{
    private const int ShortestHash = 7;
    private const int LongestHash = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    // What no branch name holds (git-check-ref-format), a space excepted: a closing bracket it may hold.
    private static readonly SearchValues<char> NotInBranch =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '\u007F', '~', '^', ':', '?', '*', '[', '\\']);

    /// <summary>The commands in a tool call by which git makes commits, in order.</summary>
    public static IReadOnlyList<GitRun> Runs(string tool, string input) =>
        [.. ShellTools.Commands(tool, input).Select(GitRun.Of).OfType<GitRun>()];

    /// <summary>The lines of an output that prove a commit, in order: <c>[main 99b497c] subject</c>, from the first column.</summary>
    public static IReadOnlyList<CommitLine> Lines(string output)
    {
        var lines = new List<CommitLine>();
        for (var rest = output.AsSpan(); !rest.IsEmpty;)
        {
            // A carriage return goes to the first column too: progress is written over.
            var end = rest.IndexOfAny('\n', '\r');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (line is ['[', ..] && Read(line) is { } proof)
            {
                lines.Add(proof);
            }
        }

        return lines;
    }

    private static CommitLine? Read(ReadOnlySpan<char> line)
    {
        // No branch reaches further; a line of megabytes, all brackets, would be searched from its start for each of them.
        var named = line[..Math.Min(line.Length, LongestText.Branch + LongestHash + " (root-commit) []".Length)];
        for (var at = 1; named[at..].IndexOf(']') is var next and >= 0; at += next + 1)
        {
            var bracket = at + next;
            var space = line[..bracket].LastIndexOf(' ');
            if (space > 0 && IsHash(line[(space + 1)..bracket]))
            {
                return Read(line[1..space], line[(space + 1)..bracket], line[(bracket + 1)..]);
            }
        }

        return null;
    }

    private static CommitLine? Read(ReadOnlySpan<char> head, ReadOnlySpan<char> hash, ReadOnlySpan<char> behind)
    {
        var root = head is [.., ')'] ? head.LastIndexOf(" (") : -1;
        var branch = root > 0 ? head[..root] : head;

        // git translates its words, "detached HEAD" and "(root-commit)", but never HEAD itself.
        var isBranch = !branch.IsEmpty && !branch.ContainsAny(NotInBranch) && (!branch.Contains(' ') || branch.Contains("HEAD", StringComparison.Ordinal));
        return isBranch && (behind.IsEmpty || behind[0] == ' ')
            ? new CommitLine(branch.ToString(), root > 0, hash.ToString(), LongestText.Cut(behind.Trim().ToString(), LongestText.Subject)!)
            : null;
    }

    private static bool IsHash(ReadOnlySpan<char> text) =>
        text.Length is >= ShortestHash and <= LongestHash && !text.ContainsAnyExcept(HexDigits);
}

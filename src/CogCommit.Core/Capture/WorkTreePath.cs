namespace CogCommit.Core.Capture;

/// <summary>Paths of the machine that wrote a transcript, which need not be this one: Windows and POSIX both, by their own form alone.</summary>
internal static class WorkTreePath
{
    /// <summary>A drive (<c>C:\</c>, <c>C:/</c>) or a share (<c>\\server</c>).</summary>
    public static bool IsWindows(string path) =>
        (path.Length >= 3 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/') || IsShare(path);

    public static bool IsShare(string path) => path.StartsWith(@"\\", StringComparison.Ordinal);

    /// <summary>The path relative to the work tree, with <c>/</c>, its case as written; the path itself when it lies elsewhere.</summary>
    public static string Relative(string path, string? workTree)
    {
        if (string.IsNullOrEmpty(workTree))
        {
            return path;
        }

        var windows = IsWindows(workTree);
        if (!IsRooted(path))
        {
            return path.StartsWith('~') ? path : Join(Segments(path, windows), path);
        }

        if (IsWindows(path) != windows || IsShare(path) != IsShare(workTree))
        {
            return path;
        }

        var root = Segments(workTree, windows);
        var segments = Segments(path, windows);
        var comparer = windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        return segments.Count >= root.Count && segments.Take(root.Count).SequenceEqual(root, comparer)
            ? Join(segments.Skip(root.Count), ".")
            : path;
    }

    /// <summary>The last part of a path; null for a root.</summary>
    public static string? LastPart(string path)
    {
        var drive = IsWindows(path) && !IsShare(path) ? 1 : 0;
        var segments = Segments(path, IsWindows(path));
        return segments.Count > drive ? segments[^1] : null;
    }

    private static bool IsRooted(string path) => path.StartsWith('/') || IsWindows(path);

    private static string Join(IEnumerable<string> segments, string whenEmpty) =>
        string.Join('/', segments) is { Length: > 0 } joined ? joined : whenEmpty;

    /// <summary>What <c>.</c> and <c>..</c> leave of it. A relative path keeps the <c>..</c> that lead out of it.</summary>
    private static List<string> Segments(string path, bool windows)
    {
        var segments = new List<string>();
        var drive = IsWindows(path) && !IsShare(path) ? 1 : 0;
        foreach (var part in windows ? path.Split('/', '\\') : path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part != "..")
            {
                segments.Add(part);
            }
            else if (segments.Count > drive && segments[^1] != "..")
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (!IsRooted(path))
            {
                segments.Add(part);
            }
        }

        return segments;
    }
}

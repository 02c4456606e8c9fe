namespace CogCommit.Core.Capture.Project;

/// <summary>Rooted paths by their own form, so that both kinds can be told apart and tested everywhere.</summary>
internal static class NativePath
{
    public static bool IsRooted(string path) => path.StartsWith('/') || WorkTreePath.IsWindows(path);

    public static string Join(string folder, string name) =>
        folder[^1] is '/' or '\\' ? folder + name : folder + (WorkTreePath.IsWindows(folder) ? '\\' : '/') + name;

    /// <summary>A path as a file in <paramref name="folder"/> names it.</summary>
    public static string Resolve(string folder, string path) => Normalize(IsRooted(path) ? path : Join(folder, path));

    public static string? Parent(string path)
    {
        var normal = Normalize(path);
        var cut = normal.LastIndexOf(Separator(normal));
        var root = WorkTreePath.IsWindows(normal) ? 3 : 1;
        return normal.Length <= root || cut < 0 ? null : normal[..Math.Max(cut, root)];
    }

    /// <summary>Without <c>.</c>, <c>..</c> and a last separator; on Windows with backslashes.</summary>
    public static string Normalize(string path)
    {
        var windows = WorkTreePath.IsWindows(path);
        var drive = windows ? path[..2] : "";
        var parts = new List<string>();
        foreach (var part in path[drive.Length..].Split(windows ? ['/', '\\'] : ['/']))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        var separator = windows ? '\\' : '/';
        return $"{drive}{separator}{string.Join(separator, parts)}";
    }

    private static char Separator(string path) => WorkTreePath.IsWindows(path) ? '\\' : '/';
}

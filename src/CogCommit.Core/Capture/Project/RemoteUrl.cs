using System.Text.RegularExpressions;

namespace CogCommit.Core.Capture.Project;

/// <summary>The addresses git takes for a remote: with a scheme, as scp writes them (<c>git@host:path</c>), or a path.</summary>
internal static partial class RemoteUrl
{
    /// <summary>The last part without <c>.git</c>; null when there is none.</summary>
    public static string? Name(string url)
    {
        var scheme = Scheme().Match(url);
        var path = scheme.Success ? Uri.UnescapeDataString(url[scheme.Length..].Split('?', '#')[0]) : url;
        var parts = path.Split(SeparatorsOf(path, scheme.Success), StringSplitOptions.RemoveEmptyEntries).ToList();

        // A host alone names no project.
        if (scheme.Success && !scheme.Value.StartsWith("file", StringComparison.OrdinalIgnoreCase) && parts.Count < 2)
        {
            return null;
        }

        // /srv/project/.git is the project's own repository.
        if (parts is [.., ".git"])
        {
            parts.RemoveAt(parts.Count - 1);
        }

        var name = parts is [.., var last] ? last : null;
        name = name is { Length: > 4 } && name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        return name is null or "." or ".." || string.IsNullOrWhiteSpace(name) ? null : name;
    }

    /// <summary>
    /// The address without what may be a secret: it is stored and travels. Over ssh the user name is a part of the address; elsewhere it may
    /// be a token.
    /// </summary>
    public static string WithoutSecrets(string url)
    {
        var scheme = Scheme().Match(url);
        var at = scheme.Success ? url.IndexOfAny(['/', '?', '#'], scheme.Length) is var end and >= 0 ? url.LastIndexOf('@', end) : url.LastIndexOf('@') : -1;
        if (at < scheme.Length)
        {
            return url;
        }

        var user = url[scheme.Length..at].Split(':')[0];
        var keep = scheme.Value.Contains("ssh", StringComparison.OrdinalIgnoreCase) ? $"{user}@" : "";
        return $"{scheme.Value}{keep}{url[(at + 1)..]}";
    }

    private static char[] SeparatorsOf(string path, bool hasScheme) =>
        hasScheme ? ['/'] : WorkTreePath.IsWindows(path) ? ['/', '\\'] : path.Contains('/') && path.IndexOf(':') > path.IndexOf('/') ? ['/'] : ['/', ':'];

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*://")]
    private static partial Regex Scheme();
}

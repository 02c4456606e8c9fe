using System.Text;
using System.Text.RegularExpressions;

namespace CogCommit.Core.Capture.Import;

/// <summary>Names of projects with wildcards, as PowerShell writes them: <c>*</c>, <c>?</c>, <c>[a-z]</c>; case does not matter.</summary>
internal sealed class ProjectPatterns(IReadOnlyList<string> patterns)
{
    private readonly List<Regex> _patterns = [.. patterns.Select(Compile)];

    public bool IsEmpty => _patterns.Count == 0;

    /// <summary>All of them as one text: the same text, the same answers.</summary>
    public string Text { get; } = string.Join('\n', patterns);

    public bool Match(string? project) => project is not null && _patterns.Exists(pattern => pattern.IsMatch(project));

    private static Regex Compile(string pattern)
    {
        var text = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var end = pattern[i] == '[' ? pattern.IndexOf(']', i) : -1;
            if (end > i + 1)
            {
                text.Append('[').Append(Regex.Escape(pattern[(i + 1)..end]).Replace(@"\-", "-", StringComparison.Ordinal)).Append(']');
                i = end;
                continue;
            }

            text.Append(pattern[i] switch
            {
                '*' => ".*",
                '?' => ".",
                _ => Regex.Escape(pattern[i].ToString()),
            });
        }

        return new Regex(text.Append(@"\z").ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>
/// Takes out of a prompt what the agent's program wrapped into it (rule 2). Only well-formed envelopes go: a tag that is mentioned, and not
/// closed, is the user's own text.
/// </summary>
internal static partial class Envelopes
{
    private const int DeepestNesting = 32;

    public static string Remove(string text)
    {
        // What is left may form an envelope anew: removed until nothing changes, so that removing twice is removing once. No program nests
        // them so deep; a text that does was made to keep us busy.
        for (var level = 0; level < DeepestNesting && text.Contains('<', StringComparison.Ordinal); level++)
        {
            var ranges = Find(text);
            if (ranges.Count == 0)
            {
                break;
            }

            text = Without(text, ranges);
        }

        return text.Trim();
    }

    /// <summary>Each closing tag belongs to the nearest opening one before it, so that a mention further up stays.</summary>
    private static List<(int Start, int End)> Find(string text)
    {
        var open = new Dictionary<string, Stack<int>>(StringComparer.Ordinal);
        var found = new List<(int Start, int End)>();
        foreach (Match tag in Tag().Matches(text))
        {
            var name = tag.Groups["name"].Value;
            if (!open.TryGetValue(name, out var starts))
            {
                open[name] = starts = new Stack<int>();
            }

            if (tag.ValueSpan[1] != '/')
            {
                starts.Push(tag.Index);
            }
            else if (starts.TryPop(out var start))
            {
                found.Add((start, tag.Index + tag.Length));
            }
        }

        found.Sort();
        return found;
    }

    private static string Without(string text, List<(int Start, int End)> ranges)
    {
        var kept = new StringBuilder(text.Length);
        var position = 0;
        foreach (var (start, end) in ranges)
        {
            if (start > position)
            {
                kept.Append(text, position, start - position);
            }

            position = Math.Max(position, end);
        }

        return kept.Append(text, position, text.Length - position).ToString();
    }

    [GeneratedRegex(@"</?(?<name>system-reminder|task-notification|local-command-[a-z-]+|bash-stdout|bash-stderr|ide_[a-z_]+|user-prompt-submit-hook)(?:\s[^<>]*)?>")]
    private static partial Regex Tag();
}

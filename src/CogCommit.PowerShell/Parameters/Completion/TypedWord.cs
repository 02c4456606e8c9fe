using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>What stands at the cursor: the text that is meant, and the quote that was begun.</summary>
/// <param name="Text">Without quotes.</param>
/// <param name="Quote">What the user began with, or null.</param>
internal sealed record TypedWord(string Text, char? Quote)
{
    // To PowerShell the quotes of print are quotes as well.
    private const string Single = "'\u2018\u2019\u201A\u201B";
    private const string Double = "\"\u201C\u201D\u201E";

    internal static TypedWord Of(string? typed)
    {
        typed ??= "";
        if (typed.Length > 0 && Single.Contains(typed[0], StringComparison.Ordinal))
        {
            return new TypedWord(Undoubled(Inner(typed, Single), Single), '\'');
        }
        return typed.Length > 0 && Double.Contains(typed[0], StringComparison.Ordinal)
            ? new TypedWord(Undoubled(Inner(typed, Double), Double).Replace("`$", "$", StringComparison.Ordinal).Replace("``", "`", StringComparison.Ordinal), '"')
            : new TypedWord(typed, null);
    }

    /// <summary>The value as an argument: in the user's own quotes, or in single ones where it needs some.</summary>
    internal string Write(string value) =>
        Quote == '"' ? $"\"{EscapedForDouble(value)}\""
        : Quote is not null || NeedsQuotes(value) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'"
        : value;

    /// <summary>The value begins with what was typed; with wildcards in that, also where they match.</summary>
    internal bool Matches(string value, bool wildcards)
    {
        var literal = wildcards ? Unescaped(Text) : Text;
        if (value.StartsWith(literal, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        try
        {
            return wildcards && WildcardPattern.ContainsWildcardCharacters(Text) && new WildcardPattern(Text + "*", WildcardOptions.IgnoreCase).IsMatch(value);
        }
        catch (WildcardPatternException)
        {
            // A bracket that is still open.
            return false;
        }
    }

    private static string Unescaped(string text)
    {
        try
        {
            return WildcardPattern.Unescape(text);
        }
        catch (WildcardPatternException)
        {
            return text;
        }
    }

    private static string Inner(string typed, string quotes) =>
        typed.Length > 1 && quotes.Contains(typed[^1], StringComparison.Ordinal) ? typed[1..^1] : typed[1..];

    private static string Undoubled(string text, string quotes)
    {
        var inner = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            inner.Append(text[i]);
            i += quotes.Contains(text[i], StringComparison.Ordinal) && i + 1 < text.Length && quotes.Contains(text[i + 1], StringComparison.Ordinal) ? 1 : 0;
        }
        return inner.ToString();
    }

    private static string EscapedForDouble(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            escaped.Append(c is '`' or '$' || Double.Contains(c, StringComparison.Ordinal) ? "`" : "").Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>What begins with a digit might be a number, and anything but these characters an operator somewhere.</summary>
    private static bool NeedsQuotes(string value) =>
        value.Length == 0 || !(char.IsAsciiLetter(value[0]) || value[0] is '_' or '/' or '.') || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '/' or '.' or '-');
}

namespace CogCommit.Core.Daemon;

/// <summary>Text as PowerShell reads it.</summary>
internal static class PowerShellText
{
    // PowerShell ends a single-quoted text with the curly ones too.
    private const string Quotes = "'\u2018\u2019\u201a\u201b";

    /// <summary>In single quotes, in which nothing means anything but they themselves.</summary>
    public static string Quoted(string text) => $"'{string.Concat(text.Select(c => Quotes.Contains(c, StringComparison.Ordinal) ? $"{c}{c}" : c.ToString()))}'";
}

namespace CogCommit.Core.Export.Formats;

/// <summary>One member of a tool's input: a text as it is, anything else as JSON. The name is empty when the input is no object.</summary>
internal sealed record ToolInputMember(string Name, string Text)
{
    private const int LongestOnOneLine = 120;

    /// <summary>Long or of several lines: shown as a block of its own.</summary>
    public bool IsBlock => Name.Length == 0 || Text.Length > LongestOnOneLine || Text.AsSpan().IndexOfAny('\n', '\r') >= 0;
}

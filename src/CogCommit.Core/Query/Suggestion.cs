namespace CogCommit.Core.Query;

/// <summary>One thing that may be typed next.</summary>
/// <param name="Value">What is typed.</param>
/// <param name="Label">How a menu calls it; one line.</param>
/// <param name="About">What tells it from the others.</param>
public sealed record Suggestion(string Value, string Label, string About)
{
    internal static Suggestion Of(string value, string? about = null) => new(value, value, string.IsNullOrWhiteSpace(about) ? value : about);
}

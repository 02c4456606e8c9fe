namespace CogCommit.PowerShell.Formatting;

/// <summary>The wire's words for what becomes of a commit, in the colour of how much they ask of the reader.</summary>
internal static class StateText
{
    /// <param name="state">A SyncStatus, or the Action of a push's plan.</param>
    /// <param name="palette">Of the output.</param>
    public static string Of(string? state, Palette palette) => state switch
    {
        null => "",
        "synced" => palette.Green(state),
        "pending" or "push" => palette.Cyan(state),
        "over_limit" => palette.Yellow(state),
        "conflict" => palette.Magenta(state),
        "error" or "too_large" => palette.Red(state),
        _ => palette.Dim(state),
    };

    /// <summary>How a check came out.</summary>
    public static string OfHealth(string? status, Palette palette) => status switch
    {
        null => "",
        "Ok" => palette.Green(status),
        "Warning" => palette.Yellow(status),
        "Error" => palette.Red(status),
        _ => palette.Dim(status),
    };
}

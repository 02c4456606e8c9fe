namespace CogCommit.Core.Capture;

/// <summary>
/// How long a text of a transcript may be that becomes a field of its own (docs/sync-protocol.md, "Rows"). A longer one would have its row
/// refused by the cloud for good, and whoever wrote it meant no branch and no model.
/// </summary>
internal static class LongestText
{
    public const int Project = 300;
    public const int RemoteUrl = 2_000;
    public const int Branch = 2_000;
    public const int Subject = 10_000;
    public const int Model = 300;
    public const int MediaType = 200;

    /// <summary>With the id of its main session it is a key of 500.</summary>
    public const int AgentId = 200;

    /// <summary>Of a file: what Linux takes. A commit lists hundreds of them.</summary>
    public const int Path = 4_096;

    /// <summary>At most so many UTF-16 units of the text, and no half of a character.</summary>
    public static string? Cut(string? text, int longest) =>
        text is null || text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}

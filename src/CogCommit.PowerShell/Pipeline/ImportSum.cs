namespace CogCommit.PowerShell.Pipeline;

/// <summary>One summary of several imports.</summary>
internal static class ImportSum
{
    internal static ImportResult Of(IReadOnlyList<ImportResult> parts) => parts.Count == 1 ? parts[0] : new ImportResult
    {
        Files = parts.Sum(part => part.Files),
        FilesRead = parts.Sum(part => part.FilesRead),
        Lines = parts.Sum(part => part.Lines),
        Bytes = parts.Sum(part => part.Bytes),
        CommitsNew = parts.Sum(part => part.CommitsNew),
        CommitsUpdated = parts.Sum(part => part.CommitsUpdated),
        TurnsNew = parts.Sum(part => part.TurnsNew),
        Prompts = parts.Sum(part => part.Prompts),
        Housekeeping = parts.Sum(part => part.Housekeeping),
        Replays = parts.Sum(part => part.Replays),
        Replaced = parts.Sum(part => part.Replaced),
        BadLines = [.. parts.SelectMany(part => part.BadLines)],
        DurationSeconds = parts.Sum(part => part.DurationSeconds),
    };
}

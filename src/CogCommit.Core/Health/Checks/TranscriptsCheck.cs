namespace CogCommit.Core.Health.Checks;

/// <summary>Whether there are transcripts, how fresh, and what of them is not imported.</summary>
internal sealed class TranscriptsCheck : IHealthCheck
{
    public string Name => "Transcripts";

    public string Description => "The transcripts of this machine: how many, how fresh, how many not imported.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var survey = subject.Transcripts;
        if (survey.Files.Count == 0)
        {
            return Task.FromResult(HealthFinding.Warning(
                $"There are no transcripts in {string.Join(", ", survey.Folders)}.",
                "Use Claude Code once; or name its folder in CLAUDE_CONFIG_DIR; or Import-CogCommit <path>."));
        }

        var newest = new DateTimeOffset(survey.Files.Max(file => file.Modified), TimeSpan.Zero);
        var detail = $"{Said.Count(survey.Files.Count, "transcript", "transcripts")}, the newest of {Said.Span(subject.Now - newest)} ago";
        if (survey.Unreadable.Count > 0)
        {
            return Task.FromResult(HealthFinding.Warning(
                $"{detail}; {Said.Count(survey.Unreadable.Count, "one of them cannot be", "of them cannot be")} read: {survey.Unreadable[0]}.", "Give yourself the right to read it."));
        }

        return Task.FromResult(survey.NotImported.Count == 0
            ? HealthFinding.Ok($"{detail}; all are imported.")
            : HealthFinding.Warning($"{detail}; {survey.NotImported.Count} not imported yet.", "Import-CogCommit"));
    }
}

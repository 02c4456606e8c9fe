using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Streams;

/// <summary>What a host is given to show of work that takes long.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void Long_work_shows_how_far_it_is_and_ends_its_bar_once()
    {
        var folder = Much(20, 200);

        var import = Check(_engine.Run("Import-CogCommit $args[0]", folder).Fine(), "Importing transcripts");
        Assert.All(import, record => Assert.Matches(@"^\d+ of 20 files", record.StatusDescription));

        // As far as it takes long on this machine.
        Check(_engine.Run("Export-CogCommit -Path $args[0]", Path.Combine(_engine.Folder, "all.jsonl")).Fine(), "Exporting commits");
        Check(_engine.Run("Import-CogCommit $args[0] -Rebuild", folder).Fine(), "Making the search index anew", "Importing transcripts");
    }

    [Fact]
    public void Work_of_a_moment_shows_nothing()
    {
        _engine.Run("Import-CogCommit $args[0]", Much(1, 1)).Fine();

        Assert.Empty(_engine.Run("Get-CogCommit | Set-CogCommit -Title new; Remove-CogCommit -Before 1d -IncludeUnpushed -Force").Fine().Progress);
    }

    public void Dispose() => _engine.Dispose();

    private static List<ProgressRecord> Check(Outcome outcome, params string[] activities)
    {
        foreach (var activity in activities)
        {
            var records = outcome.Progress.Where(record => record.Activity == activity).ToList();
            Assert.InRange(records.Count(record => record.RecordType == ProgressRecordType.Completed), 0, 1);
            Assert.All(records, record => Assert.InRange(record.SecondsRemaining, -1, 3600));
            if (records.Count > 0)
            {
                Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
                var percents = records[..^1].Select(record => record.PercentComplete).ToList();
                Assert.Equal(percents.Order(), percents);
                Assert.All(percents, percent => Assert.InRange(percent, 0, 100));
            }
        }

        Assert.All(outcome.Progress, record => Assert.Contains(record.Activity, activities));
        return [.. outcome.Progress.Where(record => record.RecordType == ProgressRecordType.Processing)];
    }

    private string Much(int files, int commits)
    {
        for (var file = 0; file < files; file++)
        {
            var transcript = new Transcript("lighthouse", "main", $"2026-02-{1 + (file % 28):00}T08:00:00Z");
            for (var turn = 0; turn < commits; turn++)
            {
                transcript.Prompt($"Prompt {turn} of {file}").GitCommit($"{file:x3}{turn:x5}", $"Step {turn}");
            }
            transcript.Write(_engine.Folder);
        }
        return Path.Combine(_engine.Folder, "projects");
    }
}

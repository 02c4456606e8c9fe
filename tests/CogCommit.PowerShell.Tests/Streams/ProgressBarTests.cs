using System.Management.Automation;
using CogCommit.PowerShell.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.PowerShell.Tests.Streams;

public class ProgressBarTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<ProgressRecord> _shown = [];

    [Fact]
    public void It_shows_a_percentage_a_count_and_the_seconds_left()
    {
        var bar = new ProgressBar(_shown.Add, _clock);
        _clock.Advance(TimeSpan.FromSeconds(10));
        bar.Show(ProgressStep.Counted("Sending", 25, 100, "turns", "a title"));

        var record = Assert.Single(_shown);
        Assert.Equal(("Sending", "25 of 100 turns  a title", 25, 30), (record.Activity, record.StatusDescription, record.PercentComplete, record.SecondsRemaining));
    }

    [Fact]
    public void Where_nobody_knows_how_much_there_is_it_counts()
    {
        var bar = new ProgressBar(_shown.Add, _clock);
        _clock.Advance(TimeSpan.FromSeconds(10));
        bar.Show(ProgressStep.Counted("Receiving", 25, 0, "rows"));

        var record = Assert.Single(_shown);
        Assert.Equal(("25 rows", -1, -1), (record.StatusDescription, record.PercentComplete, record.SecondsRemaining));
    }

    [Fact]
    public void It_ends_once()
    {
        var bar = new ProgressBar(_shown.Add, _clock);
        bar.Show(new ProgressStep("Working", "", 1, 2));
        bar.Complete();
        bar.Complete();

        Assert.Equal([ProgressRecordType.Processing, ProgressRecordType.Completed], _shown.Select(record => record.RecordType));
    }

    [Fact]
    public void What_was_never_shown_does_not_end()
    {
        new ProgressBar(_shown.Add, _clock).Complete();

        Assert.Empty(_shown);
    }

    [Fact]
    public void The_next_activity_is_measured_from_its_own_start()
    {
        var bar = new ProgressBar(_shown.Add, _clock);
        _clock.Advance(TimeSpan.FromSeconds(100));
        bar.Show(new ProgressStep("Receiving", "", 50, 100));
        bar.Show(new ProgressStep("Sending", "", 60, 100));
        _clock.Advance(TimeSpan.FromSeconds(3));
        bar.Show(new ProgressStep("Sending", "", 75, 100));

        Assert.Equal([100, -1, 1], _shown.Select(record => record.SecondsRemaining));
    }
}

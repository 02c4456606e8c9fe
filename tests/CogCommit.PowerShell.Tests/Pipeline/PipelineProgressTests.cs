using System.Management.Automation;
using CogCommit.PowerShell.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.PowerShell.Tests.Pipeline;

public class PipelineProgressTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<ProgressRecord> _shown = [];
    private readonly List<int> _threads = [];

    [Fact]
    public void Short_work_shows_nothing_not_even_an_end()
    {
        Run(progress => progress.Report(1));

        Assert.Empty(_shown);
    }

    [Fact]
    public void Long_work_shows_where_it_is_and_takes_the_bar_away_at_the_end()
    {
        Run(progress =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report(40);
        });

        Assert.Equal([(ProgressRecordType.Processing, 40), (ProgressRecordType.Completed, -1)], _shown.Select(record => (record.RecordType, record.PercentComplete)));
        Assert.All(_shown, record => Assert.Equal("Working", record.Activity));
        Assert.All(_threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    [Fact]
    public void The_bar_goes_away_when_the_work_fails()
    {
        Assert.Throws<InvalidDataException>(() => Run(progress =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report(40);
            throw new InvalidDataException();
        }));

        Assert.Equal(ProgressRecordType.Completed, _shown[^1].RecordType);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(101, 100)]
    public void A_percentage_stays_one(int reported, int shown)
    {
        Run(progress =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report(reported);
        });

        Assert.Equal(shown, _shown[0].PercentComplete);
    }

    private void Run(Action<IProgress<int>> work)
    {
        var pump = new Pump(CancellationToken.None);
        var progress = new PipelineProgress<int>(pump, Write, _clock, percent => new ProgressStep("Working", $"{percent}", percent, 100));
        try
        {
            pump.Run(_ =>
            {
                work(progress);
                return Task.CompletedTask;
            });
        }
        finally
        {
            progress.Complete();
        }
    }

    private void Write(ProgressRecord record)
    {
        _shown.Add(record);
        _threads.Add(Environment.CurrentManagedThreadId);
    }
}

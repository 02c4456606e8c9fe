using CogCommit.PowerShell.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.PowerShell.Tests.Pipeline;

public class ProgressGateTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(499, false)]
    [InlineData(500, true)]
    public void Nothing_is_shown_of_work_under_half_a_second(int milliseconds, bool due)
    {
        var gate = new ProgressGate(_clock);
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(due, gate.IsDue());
    }

    [Fact]
    public void Then_it_is_shown_at_most_ten_times_a_second()
    {
        var gate = new ProgressGate(_clock);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var shown = 0;
        for (var i = 0; i < 1000; i++)
        {
            shown += gate.IsDue() ? 1 : 0;
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(10, shown);
    }
}

using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Watch;

public class FileLooksTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly FileStamp Old = new(10, Noon.AddDays(-1).UtcTicks);
    private readonly FileLooks _looks = new();

    [Fact]
    public void The_first_look_is_due_at_once_and_finds_every_file_new()
    {
        Assert.True(_looks.IsFullDue(Noon));
        Assert.Equal(["a", "b"], All(Noon, ("a", Old), ("b", Old)).Order());
        Assert.Empty(All(Noon, ("a", Old), ("b", Old)));
    }

    [Fact]
    public void A_file_that_nobody_works_on_costs_one_look_in_thirty_seconds()
    {
        All(Noon, ("a", Old));

        Assert.Equal(Noon.AddSeconds(30), _looks.Next);
        Assert.Empty(_looks.Take(Noon.AddSeconds(29)));
        Assert.False(_looks.IsFullDue(Noon.AddSeconds(29)));
        Assert.True(_looks.IsFullDue(Noon.AddSeconds(30)));
    }

    [Fact]
    public void A_file_that_changed_is_looked_at_each_second_for_five_minutes()
    {
        All(Noon, ("a", Old), ("b", Old));
        Assert.True(_looks.Saw("a", new FileStamp(11, Noon.UtcTicks), Noon));

        var looks = 0;
        for (var second = 1; second <= 600; second++)
        {
            var now = Noon.AddSeconds(second);
            if (_looks.Next <= now)
            {
                var due = _looks.Take(now);
                Assert.DoesNotContain("b", due);
                looks += due.Count;
            }
        }

        Assert.Equal(300, looks);
        Assert.Empty(_looks.WorkedOn);
    }

    [Fact]
    public void At_the_start_those_count_as_worked_on_that_were_written_lately()
    {
        All(Noon, ("old", Old), ("young", new FileStamp(10, Noon.AddMinutes(-4).UtcTicks)));

        Assert.Equal(["young"], _looks.WorkedOn);
        Assert.Equal(["young"], _looks.Take(Noon.AddSeconds(1)));
    }

    [Fact]
    public void What_a_notification_names_is_looked_at_after_a_tenth_of_a_second_however_often_it_is_named()
    {
        All(Noon, ("a", Old));
        for (var i = 0; i < 100; i++)
        {
            _looks.Told("a", Noon.AddMilliseconds(1000 + i));
        }

        Assert.Equal(Noon.AddMilliseconds(1100), _looks.Next);
        Assert.Empty(_looks.Take(Noon.AddMilliseconds(1099)));
        Assert.Equal(["a"], _looks.Take(Noon.AddMilliseconds(1100)));
        Assert.Empty(_looks.Take(Noon.AddMilliseconds(1101)));
    }

    [Fact]
    public void Lost_notifications_bring_a_look_at_all_of_them_at_most_once_a_second()
    {
        All(Noon, ("a", Old));
        _looks.Lost();
        Assert.False(_looks.IsFullDue(Noon.AddMilliseconds(999)));
        Assert.True(_looks.IsFullDue(Noon.AddSeconds(1)));

        All(Noon.AddSeconds(10), ("a", Old));
        _looks.Lost();
        Assert.Equal(Noon.AddSeconds(11), _looks.Next);
    }

    [Fact]
    public void A_file_that_is_gone_is_forgotten_and_new_when_it_comes_back()
    {
        All(Noon, ("a", Old), ("b", Old));
        Assert.Empty(All(Noon.AddSeconds(30), ("b", Old)));
        Assert.Equal(["b"], _looks.Known);
        Assert.Equal(["a"], All(Noon.AddSeconds(60), ("a", Old), ("b", Old)));
    }

    [Fact]
    public void A_drive_that_is_away_is_looked_at_again_in_thirty_seconds_and_nothing_of_it_is_forgotten()
    {
        All(Noon, ("a", Old));
        _looks.Failed(Noon.AddSeconds(30));

        Assert.Equal(["a"], _looks.Known);
        Assert.Equal(Noon.AddSeconds(60), _looks.Next);
    }

    [Theory]
    [InlineData(11, 0, true)]    // grown
    [InlineData(9, 0, true)]     // shorter: written anew
    [InlineData(10, 1, true)]    // as long as before, and written again
    [InlineData(10, 0, false)]
    public void Size_and_time_tell_that_a_file_changed(long size, long later, bool changed)
    {
        All(Noon, ("a", Old));
        Assert.Equal(changed, _looks.Saw("a", new FileStamp(size, Old.Modified + later), Noon));
    }

    private IReadOnlyList<string> All(DateTimeOffset now, params (string Path, FileStamp Stamp)[] found) =>
        _looks.SawAll(found.ToDictionary(file => file.Path, file => file.Stamp), now);
}

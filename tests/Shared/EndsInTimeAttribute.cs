using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: CogCommit.Testing.EndsInTime]

namespace CogCommit.Testing;

/// <summary>
/// A test that waits for what never comes is told to stop, by <see cref="ITestContext.CancellationToken"/>: it fails where it waits, and the
/// others run. (What stands around tests, and what does not heed the token, ends with its suite's own limit.) What runs as long as asked (the trait `Soak`) may take its time.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EndsInTimeAttribute : BeforeAfterTestAttribute
{
    // Many times what the longest takes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Timer> _timers = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!test.Traits.ContainsKey("Soak"))
        {
            var running = TestContext.Current;
            _timers[test.UniqueID] = new Timer(_ => running.CancelCurrentTest(), null, Limit, Timeout.InfiniteTimeSpan);
        }
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_timers.TryRemove(test.UniqueID, out var timer))
        {
            timer.Dispose();
        }
    }
}

using System.Globalization;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>
/// When a process is killed. Lines are where it stands in its work, so that a seed means the same moment on a fast machine and on a slow
/// one; times reach what lies between two lines.
/// </summary>
/// <param name="Line">The line at which it stands still, or which is read while it goes on; 0: none.</param>
/// <param name="StandsStill">It does.</param>
/// <param name="Milliseconds">After its first line, where no line is named.</param>
internal sealed record Moment(int Line, bool StandsStill, int Milliseconds)
{
    public static Moment Any(Random random, Extent extent) => random.Next(3) switch
    {
        0 => new Moment(1 + random.Next(extent.Lines), StandsStill: true, 0),
        1 => new Moment(1 + random.Next(extent.Lines), StandsStill: false, 0),
        _ => new Moment(0, StandsStill: false, random.Next(extent.Milliseconds)),
    };

    public override string ToString() => Line == 0
        ? string.Create(CultureInfo.InvariantCulture, $"after {Milliseconds} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{(StandsStill ? "standing still at" : "soon after")} line {Line}");
}

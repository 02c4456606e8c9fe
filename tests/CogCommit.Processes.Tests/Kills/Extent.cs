using System.Diagnostics;
using CogCommit.Core.Store;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>How long a work is that nobody disturbs: kills are spread over it.</summary>
internal sealed record Extent(int Lines, int Milliseconds)
{
    public static async Task<Extent> MeasureAsync(CogCommitHome home, params string[] command)
    {
        using var child = ChildProcess.Start(home, 0, command);
        await child.ReadAsync();
        var clock = Stopwatch.StartNew();
        var errors = await child.EndAsync();
        Assert.True(child.ExitCode == 0, $"{string.Join(' ', command)}: {string.Join('\n', child.Lines)}\n{errors}");
        return new Extent(child.Lines.Count, 1 + (int)clock.ElapsedMilliseconds);
    }
}

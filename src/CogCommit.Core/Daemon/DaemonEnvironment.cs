namespace CogCommit.Core.Daemon;

/// <summary>What a daemon's process has in its environment, beside what it finds there. On Windows it has none of it: neither what starts it hidden nor the Task Scheduler can give it any.</summary>
internal static class DaemonEnvironment
{
    public static IReadOnlyList<KeyValuePair<string, string>> Variables { get; } =
    [
        // What it says goes into files.
        new("NO_COLOR", "1"),

        // The runtime counts how code runs that it finds called often, to compile it a third time. For a process that rests that is most of what
        // it does at first: 0.14 % of a core in its third to tenth minute, 0.08 without (docs/performance.md).
        new("DOTNET_TieredPGO", "0"),
    ];
}

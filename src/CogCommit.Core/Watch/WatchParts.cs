using CogCommit.Core.Config;

namespace CogCommit.Core.Watch;

/// <summary>What a loop is made of that tests make otherwise.</summary>
internal sealed record WatchParts
{
    public required WatchOptions Options { get; init; }

    /// <summary>Folders and files, there or not.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Opens the account with these settings.</summary>
    public required Func<Settings, IWatchedAccount> Account { get; init; }

    /// <summary>Gives unused memory back; null: that is not ours to do.</summary>
    public Action? GiveBack { get; init; }

    public Random Random { get; init; } = Random.Shared;

    /// <summary>Calls what it is given, on any thread, when a network is back, until it is disposed.</summary>
    public Func<Action, IDisposable> Network { get; init; } = static back => new NetworkWatch(back);

    public IReport? Report { get; init; }
}

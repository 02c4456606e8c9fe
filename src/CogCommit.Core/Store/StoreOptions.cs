namespace CogCommit.Core.Store;

/// <summary>How a <see cref="StoreFile"/> is opened; tests turn it to reach its edges.</summary>
internal sealed record StoreOptions
{
    public static StoreOptions Default { get; } = new();

    /// <summary>How long to wait for another writer. Writers hold the store for about 200 ms, so a minute means that something hangs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Told before each step of an upgrade, and of each write before ("commit") and behind ("committed") the moment from which it is kept;
    /// what it throws stops the work there, as a crash would.
    /// </summary>
    public Action<string>? BeforeStep { get; init; }

    /// <summary>How long the log gets, in frames of 4 KB, before it is copied into the store while writing goes on: 16 MB.</summary>
    public int CheckpointBeside { get; init; } = 4_000;

    /// <summary>How long it gets, in the same, before writing waits for that: 64 MB. It gets longer only where somebody reads from it all the while, or other processes write.</summary>
    public int CheckpointMost { get; init; } = 16_000;

    /// <summary>Told before each step of an upgrade.</summary>
    public IProgress<UpgradeProgress>? Upgrading { get; init; }
}

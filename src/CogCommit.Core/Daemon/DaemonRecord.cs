using CogCommit.Core.Watch;

namespace CogCommit.Core.Daemon;

/// <summary>What daemon.json says: who watches, and how it stands to the cloud.</summary>
internal sealed record DaemonRecord
{
    /// <summary>Random: a wish to stop names it, and so never meets the next one.</summary>
    public required string Id { get; init; }

    public static string NewId() => Guid.NewGuid().ToString("N");

    public int Pid { get; init; }

    /// <summary>The host's name: a home may lie where several see it.</summary>
    public required string Machine { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>Of the module.</summary>
    public required string Version { get; init; }

    public WatchMode Mode { get; init; }

    /// <summary>The folder its assemblies were loaded from.</summary>
    public string? Module { get; init; }

    public string? Log { get; init; }

    public WatchStatus Status { get; init; } = new();

    /// <summary>It watches: until then its status says nothing, and it may still end because something is wrong.</summary>
    public bool HasBegun { get; init; }
}

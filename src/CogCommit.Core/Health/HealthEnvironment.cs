using CogCommit.Core.Store;

namespace CogCommit.Core.Health;

/// <summary>Where the doctor looks.</summary>
public sealed record HealthEnvironment
{
    public required CogCommitHome Home { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The user's home folder.</summary>
    public string UserFolder { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Carries the requests; null: the network.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How many bytes a folder's volume has left.</summary>
    public Func<string, long> FreeBytes { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Whether the system starts a daemon at logon.</summary>
    public Func<bool> StartsAtLogon { get; init; } = () => false;

    /// <summary>Reads the whole store, not only its structure.</summary>
    public bool Full { get; init; }
}

namespace CogCommit.LocalCloud.Postgres;

public sealed record ClusterOptions
{
    /// <summary>False only for data nobody will miss: a crash of the machine may then lose the cluster.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Loopback and a SCRAM password instead of a socket in a folder that only the owner can enter.</summary>
    public bool Loopback { get; init; } = OperatingSystem.IsWindows();
}

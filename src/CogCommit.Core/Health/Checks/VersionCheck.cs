using CogCommit.Core.Store;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether this module can use the store as it is.</summary>
internal sealed class VersionCheck : IHealthCheck
{
    public string Name => "Version";

    public string Description => "The schema version of the store: an original's, a newer one, or this module's.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation) => Task.FromResult(StoreFile.VersionOf(subject.Environment.Home) switch
    {
        null => HealthFinding.Skipped("There is no store yet."),
        StoreConnection.SchemaVersion => HealthFinding.Ok($"Schema version {StoreConnection.SchemaVersion}."),
        <= OriginalStore.LastVersion and var original => HealthFinding.Warning(
            $"Schema version {original}, of the original cogcommit. The first command that uses it upgrades it in place, after a backup beside it.", "Import-CogCommit"),
        var version => HealthFinding.Error(StoreConnection.Newer(subject.Environment.Home.DatabasePath, version.Value).Message, "Update-Module CogCommit"),
    });
}

using System.Reflection;

namespace CogCommit.Core.Sync;

/// <summary>Whether two looks at the status saw something else. That time went by is no change.</summary>
public static class SyncStatusChange
{
    private static readonly PropertyInfo[] Compared = [.. typeof(SyncStatus).GetProperties().Where(property =>
        property.Name is not (nameof(SyncStatus.Lag) or nameof(SyncStatus.Identity) or nameof(SyncStatus.Daemon)))];

    private static readonly PropertyInfo[] OfIdentity = typeof(Identity).GetProperties();
    private static readonly PropertyInfo[] OfDaemon = typeof(DaemonStatus).GetProperties();

    public static bool Between(SyncStatus before, SyncStatus after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Differ(before, after, Compared) || (before.Lag is null) != (after.Lag is null)
            || Differ(before.Identity, after.Identity, OfIdentity) || Differ(before.Daemon, after.Daemon, OfDaemon);
    }

    private static bool Differ(object? before, object? after, PropertyInfo[] properties) => before is null || after is null
        ? !ReferenceEquals(before, after)
        : properties.Any(property => !Equals(property.GetValue(before), property.GetValue(after)));
}

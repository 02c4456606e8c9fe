using CogCommit.Core.Cloud;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether the cloud is there and speaks as this module does.</summary>
internal sealed class CloudCheck : IHealthCheck
{
    public string Name => "Cloud";

    public string Description => "Whether the cloud can be reached, and has the functions of this version.";

    public async Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var cloud = await subject.CloudAsync(cancellation).ConfigureAwait(false);
        return cloud.Problem switch
        {
            null => HealthFinding.Ok($"{cloud.Url!.GetLeftPart(UriPartial.Authority)} answers, and speaks protocol version {Sync.Protocol.Version}."),
            CloudUnreachableException offline => HealthFinding.Warning(offline.Message, "Look whether this machine is online; what is pending goes with the next Sync-CogCommit."),
            { Kind: ErrorKind.Unauthorized } why => HealthFinding.Skipped($"Not asked: {why.Message}"),
            { ErrorId: "MigrationsMissing" or "OtherProtocol" } old => HealthFinding.Error(old.Message, "Apply the migrations: docs/cloud-setup.md. If the cloud is the newer one: Update-Module CogCommit."),
            var problem => HealthFinding.Error(problem.Message, fix: null),
        };
    }
}

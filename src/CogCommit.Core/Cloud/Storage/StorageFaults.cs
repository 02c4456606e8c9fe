using System.Net;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Core.Cloud.Storage;

/// <summary>What Storage's refusals mean.</summary>
internal static class StorageFaults
{
    /// <summary>What they mean for a picture that was sent; null: nothing about the picture.</summary>
    public static UploadOutcome? Outcome(CloudAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Conflict => new UploadOutcome(UploadAnswer.WasThere),
        HttpStatusCode.Forbidden when answer.IsRefusedByPolicy => new UploadOutcome(UploadAnswer.NotNow, answer.Words()),
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType => new UploadOutcome(UploadAnswer.Refused, answer.Words()),
        _ => null,
    };

    public static CogCommitException Of(Uri url, CloudAnswer answer) => answer.Status == HttpStatusCode.NotFound && answer.Words().Contains("Bucket", StringComparison.OrdinalIgnoreCase)
        ? new CogCommitException(
            "MigrationsMissing",
            $"The cloud at {url.GetLeftPart(UriPartial.Authority)} has no place for pictures: apply the migrations: docs/cloud-setup.md. Nothing is lost.",
            ErrorKind.NotFound)
        : new CloudRejectedException((int)answer.Status, answer.Text("error", "code"), answer.Words());
}

using System.Net;

namespace CogCommit.Core.Cloud.Http;

/// <summary>What refusals mean, for the reader.</summary>
internal static class CloudFaults
{
    /// <summary>The gateway before all services does not know the project's public key.</summary>
    public static CogCommitException? WrongKey(Uri url, CloudAnswer answer) =>
        answer.Status == HttpStatusCode.Unauthorized && answer.Text("message", "msg")?.Contains("API key", StringComparison.OrdinalIgnoreCase) == true
            ? new CogCommitException(
                "InvalidAnonKey",
                $"The cloud at {url.GetLeftPart(UriPartial.Authority)} does not know this public key. Compare it with the project's anon (or publishable) key, then run Connect-CogCommit -Url <address> -AnonKey <key>.",
                ErrorKind.Unauthorized)
            : null;

    public static CogCommitException Of(Uri url, string function, CloudAnswer answer, int bytesSent)
    {
        var code = answer.Text("code");
        if (answer.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            return new BatchTooLargeException(bytesSent);
        }

        // Whoever refuses without JSON is no cloud at all.
        answer.Json(url);
        // PostgREST misses it itself (PGRST202); or it knew it before it was dropped, or the function misses another one (42883).
        if (code is "PGRST202" or "42883")
        {
            return new CogCommitException(
                "MigrationsMissing",
                $"The cloud at {url.GetLeftPart(UriPartial.Authority)} has no function {function} that this version can call: apply the migrations: docs/cloud-setup.md. Nothing is lost.",
                ErrorKind.NotFound);
        }

        return new CloudRejectedException(
            (int)answer.Status,
            code,
            answer.Text("message", "msg", "error") ?? "no reason given");
    }
}

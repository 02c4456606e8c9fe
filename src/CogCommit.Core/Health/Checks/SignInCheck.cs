namespace CogCommit.Core.Health.Checks;

/// <summary>Whether somebody is signed in, and whether that still counts.</summary>
internal sealed class SignInCheck : IHealthCheck
{
    private const string Fix = "Connect-CogCommit";

    public string Name => "SignIn";

    public string Description => "Who is signed in, and whether the sign-in still counts.";

    public async Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        if (subject.User is not { } user)
        {
            return HealthFinding.Skipped("Nobody is signed in: the history stays on this machine.", $"{Fix}, if you want to sync.");
        }

        var cloud = await subject.CloudAsync(cancellation).ConfigureAwait(false);
        if (cloud.Problem is { Kind: ErrorKind.Unauthorized, ErrorId: not "SignInRunOut" } refused)
        {
            return HealthFinding.Error(refused.Message, Fix);
        }

        var who = $"{user.UserName ?? user.UserId} at {user.Url.GetLeftPart(UriPartial.Authority)}";
        if (cloud.Problem is not { ErrorId: "SignInRunOut" })
        {
            return HealthFinding.Ok($"{who}.");
        }

        // Whether it can be renewed only the one who renews it learns; what that one said last is known.
        return subject.Store is not null && subject.Status.LastError is { } said && said.Contains(Fix, StringComparison.Ordinal)
            ? HealthFinding.Error(said, Fix)
            : HealthFinding.Ok($"{who}. The token ran out {Said.Span(subject.Now - user.ExpiresAt)} ago; the next sync renews it.");
    }
}

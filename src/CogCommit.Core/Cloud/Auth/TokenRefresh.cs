namespace CogCommit.Core.Cloud.Auth;

/// <summary>
/// Access tokens that are good for a while longer. Refresh tokens are single use, so one process at a time renews, and whoever waited
/// takes what the other wrote. Failing because of the network changes nothing: the user stays signed in.
/// </summary>
internal sealed class TokenRefresh(AuthFile file, Func<AuthSession, AuthApi> api, TimeProvider clock, bool renews = true)
{
    /// <param name="userId">Whom the caller works for: nobody else's token is given out.</param>
    /// <param name="refused">A token that the cloud has just refused though its time is not over, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AuthSession> GetAsync(string userId, HiddenText? refused, CancellationToken cancellationToken)
    {
        var session = Current(userId);
        if (IsGood(session, refused))
        {
            return session;
        }

        if (!renews)
        {
            throw refused is null ? HasRunOut(session) : Ended(session, null);
        }

        var renewal = RenewAsync(userId, refused, cancellationToken);
        // Once the cloud has used the old token up, only its answer has the new one: the caller may leave, the renewal goes on.
        return await renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<AuthSession> RenewAsync(string userId, HiddenText? refused, CancellationToken untilLocked)
    {
        using var hold = await file.HoldRenewalAsync(untilLocked).ConfigureAwait(false);
        var session = Current(userId);
        if (IsGood(session, refused))
        {
            return session;
        }

        untilLocked.ThrowIfCancellationRequested();

        // Before the cloud is asked, which uses the old token up.
        using var draft = file.ReserveRenewal();
        AuthSession renewed;
        try
        {
            renewed = await api(session).RefreshAsync(session.RefreshToken, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CogCommitException e) when (e.ErrorId == "SignInRefused")
        {
            throw Ended(session, e);
        }

        renewed = renewed with { UserName = renewed.UserName ?? session.UserName, BegunWith = session.BegunWith };
        return renewed.UserId == userId && await file.RenewAsync(session, renewed, draft, CancellationToken.None).ConfigureAwait(false)
            ? renewed
            : throw Changed();
    }

    private bool IsGood(AuthSession session, HiddenText? refused) =>
        !session.IsExpired(clock.GetUtcNow()) && !session.AccessToken.Equals(refused);

    private AuthSession Current(string userId)
    {
        var session = file.Read() ?? throw NotSignedIn();
        return session.UserId == userId ? session : throw Changed();
    }

    public static CogCommitException NotSignedIn() =>
        new("NotSignedIn", "Nobody is signed in. Run Connect-CogCommit first; your commits stay here until then.", ErrorKind.Unauthorized);

    private static CogCommitException Ended(AuthSession session, Exception? cause) => new(
        "SignInEnded",
        $"Your sign-in at {session.Url.GetLeftPart(UriPartial.Authority)} has ended: it was signed out or used elsewhere. Run Connect-CogCommit to sign in again; what is pending stays here until then.",
        ErrorKind.Unauthorized,
        cause);

    private static CogCommitException HasRunOut(AuthSession session) => new(
        "SignInRunOut",
        $"The token for {session.Url.GetLeftPart(UriPartial.Authority)} has run out. The next Sync-CogCommit renews it.",
        ErrorKind.Unauthorized);

    private static CogCommitException Changed() => new(
        "SignInChanged",
        "Somebody signed in or out while this was running. Nothing more was sent; run the command again.",
        ErrorKind.Unauthorized);
}

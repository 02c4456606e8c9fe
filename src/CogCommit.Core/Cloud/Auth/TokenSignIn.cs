namespace CogCommit.Core.Cloud.Auth;

/// <summary>
/// The way without a browser. A refresh token is single use, so all that can fail before it is used up is done before: one process at a
/// time, and room for what the cloud answers.
/// </summary>
internal sealed class TokenSignIn(AuthFile file, AuthApi api, Uri url)
{
    /// <param name="token">What to sign in with.</param>
    /// <param name="ended">The sign-in that was kept here and is good for nothing any more, or null.</param>
    /// <param name="admit">May refuse the user by throwing: then nothing is kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session, which is kept; it may be the one that another process has just got for the same token.</returns>
    public async Task<AuthSession> SignInAsync(GivenToken token, AuthSession? ended, Func<AuthSession, Task> admit, CancellationToken cancellationToken)
    {
        using var hold = await file.HoldRenewalAsync(cancellationToken).ConfigureAwait(false);
        var kept = file.ReadAt(url);
        if (token.Began(kept))
        {
            return ended is null || !ended.SameSignIn(kept) ? kept! : throw token.Refused(url, keptEnded: true, null);
        }

        using var draft = file.ReserveRenewal();
        AuthSession session;
        try
        {
            session = await api.RefreshAsync(token.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (CogCommitException refused) when (refused.ErrorId == "SignInRefused")
        {
            throw token.Refused(url, ended is not null, refused);
        }

        session = session with { BegunWith = AuthSession.Fingerprint(token.Token) };
        await admit(session).ConfigureAwait(false);
        await file.WriteAsync(session, draft, CancellationToken.None).ConfigureAwait(false);
        return session;
    }
}

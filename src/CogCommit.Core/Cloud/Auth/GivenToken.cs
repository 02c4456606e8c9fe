namespace CogCommit.Core.Cloud.Auth;

/// <summary>The refresh token that somebody hands over to sign in with, and where it stood: what is said of it depends on that.</summary>
internal sealed record GivenToken(HiddenText Token, bool IsOfEnvironment)
{
    private readonly string _fingerprint = AuthSession.Fingerprint(Token);

    /// <summary>The parameter's, else the environment's. Who asks for the browser's way does not want the latter.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="CogCommitException">RefreshTokenEmpty.</exception>
    public static GivenToken? Of(SignInRequest request)
    {
        if (request.RefreshToken is { } given)
        {
            return given.Trim() is { Length: > 0 } token ? new GivenToken(new HiddenText(token), false) : throw new CogCommitException(
                "RefreshTokenEmpty",
                "The refresh token is empty. Nothing was changed. Look whether its secret exists under the name that was asked for.",
                ErrorKind.InvalidArgument);
        }

        return !request.NoBrowser && request.Environment?.RefreshToken is { } found ? new GivenToken(new HiddenText(found), true) : null;
    }

    /// <summary>Whether the sign-in began with this token: then it is used up, and must not be sent again.</summary>
    public bool Began(AuthSession? session) => session?.BegunWith == _fingerprint;

    /// <param name="url">The cloud's address.</param>
    /// <param name="keptEnded">There was a sign-in here, and it has ended.</param>
    /// <param name="cause">What the cloud said, if it was asked.</param>
    public CogCommitException Refused(Uri url, bool keptEnded, Exception? cause) => new(
        "SignInRefused",
        $"The cloud at {url.GetLeftPart(UriPartial.Authority)} does not accept the refresh token {(IsOfEnvironment ? $"in {SignInEnvironment.RefreshTokenVariable}" : "that was given")}: "
            + "each works once, and this one was used before, has ended, or belongs to another cloud. "
            + (keptEnded ? "The sign-in that was kept here has ended too. " : "")
            + "Nothing local is lost, and what is pending stays here. "
            + (IsOfEnvironment ? "Put a fresh token there" : "Give a fresh token")
            + ", or run Connect-CogCommit -NoBrowser once as this user: that sign-in is kept. docs/automation.md says how to get a token.",
        ErrorKind.Unauthorized,
        cause);
}

using System.Net;
using CogCommit.Core.Cloud.Auth;

namespace CogCommit.Core.Cloud.Http;

/// <summary>Requests as the user who is signed in. A token that the cloud refuses is renewed once.</summary>
internal sealed class SignedInHttp(CloudHttp http, TokenRefresh tokens, string userId)
{
    public Uri Url => http.Url;

    public string UserId => userId;

    public CloudTraffic Traffic => http.Traffic;

    /// <param name="next">What is asked, with this token, by the next try.</param>
    /// <param name="cancellationToken">Ends the tries and the waits between them.</param>
    /// <exception cref="CogCommitException">The cloud cannot be reached, or the user has to sign in again.</exception>
    public async Task<CloudAnswer> SendAsync(Func<HiddenText, CloudRequest> next, CancellationToken cancellationToken)
    {
        var session = await tokens.GetAsync(userId, null, cancellationToken).ConfigureAwait(false);
        var answer = await http.SendAsync(() => next(session.AccessToken), cancellationToken, session.RefreshToken).ConfigureAwait(false);
        if (RefusesToken(answer))
        {
            if (CloudFaults.WrongKey(Url, answer) is { } wrongKey)
            {
                throw wrongKey;
            }

            session = await tokens.GetAsync(userId, session.AccessToken, cancellationToken).ConfigureAwait(false);
            answer = await http.SendAsync(() => next(session.AccessToken), cancellationToken, session.RefreshToken).ConfigureAwait(false);
        }

        return answer.Status == HttpStatusCode.Unauthorized
            ? throw new CogCommitException(
                "SignInEnded",
                $"The cloud at {Url.GetLeftPart(UriPartial.Authority)} does not accept this sign-in any more. Run Connect-CogCommit to sign in again; what is pending stays here until then.",
                ErrorKind.Unauthorized)
            : answer;
    }

    // Storage says 403 of a token whose time is over.
    private static bool RefusesToken(CloudAnswer answer) => answer.Status == HttpStatusCode.Unauthorized || answer.RefusesStorageToken;
}

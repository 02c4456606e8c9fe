namespace CogCommit.LocalCloud.Auth;

/// <summary>What a grant gave: a user with a session and its refresh token, or the refusal.</summary>
internal sealed record GrantResult(CloudAccountRow? User, Guid SessionId, string RefreshToken, IResult? Refusal)
{
    public static GrantResult Refused(int status, string code, string message) => new(null, default, "", AuthError.Of(status, code, message));
}

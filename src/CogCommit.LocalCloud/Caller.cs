namespace CogCommit.LocalCloud;

/// <summary>Who asks: the database role and the token's claims, as PostgreSQL gets them.</summary>
/// <param name="Role"><c>anon</c> or <c>authenticated</c>.</param>
/// <param name="Claims">The token's payload, a JSON object.</param>
/// <param name="UserId">The claim <c>sub</c>; null for anon.</param>
/// <param name="SessionId">The claim <c>session_id</c>; null for anon.</param>
internal sealed record Caller(string Role, string Claims, Guid? UserId, Guid? SessionId)
{
    public bool IsAnonymous => Role == "anon";
}

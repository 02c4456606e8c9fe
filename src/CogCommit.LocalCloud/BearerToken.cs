namespace CogCommit.LocalCloud;

/// <summary>RFC 6750: <c>Authorization: Bearer x</c>.</summary>
internal static class BearerToken
{
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }
}

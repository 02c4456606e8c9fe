using System.Text.Json.Nodes;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Who asks: the role and the claims that PostgREST would set for a token of theirs.</summary>
/// <param name="Name">As a failing cell tells it.</param>
/// <param name="Role">The database's role.</param>
/// <param name="Claims">The token's payload; null where there is none at all.</param>
internal sealed record Identity(string Name, string Role, JsonObject? Claims)
{
    /// <summary>In the order of the columns of <see cref="TableExpectations"/> and <see cref="FunctionExpectations"/>.</summary>
    public static IReadOnlyList<Identity> All(Guid owner, Guid other) =>
    [
        new("the owner", "authenticated", Payload(owner.ToString())),
        new("another user", "authenticated", Payload(other.ToString())),
        new("another user with other words in aud and role", "authenticated", new() { ["sub"] = other.ToString(), ["role"] = "service_role", ["aud"] = "elsewhere", ["is_admin"] = true }),
        new("a user who does not exist", "authenticated", Payload("7f000000-0000-4000-8000-000000000001")),
        new("nobody, signed in", "authenticated", new() { ["role"] = "authenticated" }),
        new("no claims, signed in", "authenticated", null),
        new("a sub that is null", "authenticated", new() { ["sub"] = null, ["role"] = "authenticated" }),
        new("a sub that is no uuid", "authenticated", Payload("everybody")),
        new("a sub with SQL in it", "authenticated", Payload(owner + "' or true --")),
        new("a sub that is a list", "authenticated", new() { ["sub"] = new JsonArray(owner.ToString()), ["role"] = "authenticated" }),
        new("no token", "anon", new() { ["role"] = "anon" }),
        new("a token of role anon that names the owner", "anon", new() { ["sub"] = owner.ToString(), ["role"] = "anon" }),
        new("a token of role anon that calls itself more", "anon", new() { ["sub"] = owner.ToString(), ["role"] = "service_role" }),
    ];

    private static JsonObject Payload(string sub) => new() { ["sub"] = sub, ["role"] = "authenticated", ["aud"] = "authenticated" };
}

using System.Text;
using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Realtime;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Tokens that are expired, forged, or another's, at every endpoint of the local cloud.</summary>
public sealed class WireTokenTests(LocalCloudFixture cloud) : WireAttackTests(cloud)
{
    private static readonly string[] Tables =
        [.. TableExpectations.All.Keys.Where(table => table.StartsWith("public.", StringComparison.Ordinal)).Select(table => table["public.".Length..])];

    [Fact]
    public async Task No_endpoint_takes_a_token_that_is_expired_or_that_this_cloud_did_not_sign()
    {
        var own = Attacker.DefaultRequestHeaders.Authorization!.Parameter!;
        foreach (var (name, token) in Forged(own).Concat(Expired()))
        {
            using var client = Cloud.NewClient(null);
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
            foreach (var (method, path, content) in Endpoints())
            {
                var (status, body) = await SendAsync(client, method, path, content);
                Assert.True(Refused(path, status, body), $"{name}: {method} {path}: {status} {body}");
            }
        }
    }

    [Fact]
    public async Task No_token_but_its_own_users_joins_a_topic()
    {
        var own = Attacker.DefaultRequestHeaders.Authorization!.Parameter!;
        var topic = TopicClient.TopicOf(Victim.UserId);
        foreach (var (name, token) in Forged(own).Concat(Expired())
            .Append(("another user's", own)).Append(("the public key", Cloud.Server.AnonKey)).Append(("none", null!))
            .Append(("role anon that names the victim", SignedToken.Make(SignedToken.Payload(Victim.UserId, role: "anon"), SignedToken.KeyOf(Cloud)))))
        {
            using var client = await TopicClient.ConnectAsync(Cloud.Url, Cloud.Server.AnonKey);
            var refusal = await client.JoinAsync(topic, token);
            Assert.True(refusal is not null, name);
            // It may name what was asked for; nothing else.
            Tried(refusal.Replace(topic["realtime:".Length..], "", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public async Task A_token_that_is_signed_and_names_nobody_or_nothing_gets_no_row_and_no_function()
    {
        var key = SignedToken.KeyOf(Cloud);
        foreach (var (name, token, tables, functions) in new (string, string?, int, int)[]
        {
            ("no token", null, 401, 401),
            ("the public key as token", Cloud.Server.AnonKey, 401, 401),
            ("role anon that names the victim", SignedToken.Make(SignedToken.Payload(Victim.UserId, role: "anon"), key), 401, 401),
            ("no sub", SignedToken.Make(But(payload => payload.Remove("sub")), key), 200, 403),
            ("sub null", SignedToken.Make(But(payload => payload["sub"] = null), key), 200, 403),
            ("sub no uuid", SignedToken.Make(But(payload => payload["sub"] = "everybody"), key), 400, 400),
            ("sub a list", SignedToken.Make(But(payload => payload["sub"] = new JsonArray(Victim.UserId.ToString())), key), 401, 401),
            ("sub with SQL", SignedToken.Make(But(payload => payload["sub"] = AttackerId + "'::uuid or true --"), key), 400, 400),
            ("a user who is gone", SignedToken.Make(SignedToken.Payload(Guid.NewGuid()), key), 200, -1),
            ("another audience", SignedToken.Make(But(payload => (payload["aud"], payload["sub"]) = ("elsewhere", AttackerId.ToString())), key), 200, -1),
            ("a scheme that is none", "x\" , Bearer y", 401, 401),
        })
        {
            using var client = Cloud.NewClient(null);
            if (token is not null)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
            }

            foreach (var (method, path, content) in Endpoints().Where(endpoint => !endpoint.Path.StartsWith("/auth", StringComparison.Ordinal)))
            {
                var (status, body) = await SendAsync(client, method, path, content);
                if (path.StartsWith("/storage", StringComparison.Ordinal))
                {
                    Assert.True(status is 400, $"{name}: {method} {path}: {status} {body}");
                }
                else if (path.Contains("/rpc/", StringComparison.Ordinal))
                {
                    Assert.True(functions < 0 || status == functions || (status == 400 && functions == 403), $"{name}: {method} {path}: {status} {body}");
                }
                else
                {
                    Assert.True(status == tables && (status != 200 || body is "[]" || !body.Contains(Victim.Secret, StringComparison.Ordinal)), $"{name}: {method} {path}: {status} {body}");
                }
            }
        }
    }

    [Theory]
    [InlineData("service_role")]
    [InlineData("supabase_admin")]
    [InlineData("postgres")]
    [InlineData("authenticator")]
    [InlineData("supabase_auth_admin")]
    [InlineData("Authenticated")]
    [InlineData("authenticated; set role postgres")]
    [InlineData("")]
    public async Task A_role_that_is_no_caller_s_is_refused_even_where_it_is_signed(string role)
    {
        using var client = Cloud.NewClient(SignedToken.Make(SignedToken.Payload(Victim.UserId, role: role), SignedToken.KeyOf(Cloud)));
        foreach (var (method, path, content) in Endpoints())
        {
            var (status, body) = await SendAsync(client, method, path, content);
            Assert.True(Refused(path, status, body), $"{role}: {method} {path}: {status} {body}");
        }
    }

    [Fact]
    public async Task Without_the_public_key_nothing_is_answered()
    {
        using var client = new HttpClient { BaseAddress = Cloud.Url };
        foreach (var key in new[] { "", "x", Cloud.Server.AnonKey + "x", Cloud.Server.AnonKey[..^1], SignedToken.Make(SignedToken.Payload(Victim.UserId, role: "service_role"), "k") })
        {
            foreach (var (method, path, content) in Endpoints())
            {
                Assert.Equal(401, (await SendAsync(client, method, path, content, ("apikey", key), ("Authorization", Attacker.DefaultRequestHeaders.Authorization!.ToString()))).Status);
            }
        }
    }

    private IEnumerable<(string Method, string Path, HttpContent? Content)> Endpoints() =>
    [
        .. Tables.Select(table => ("GET", "/rest/v1/" + table, (HttpContent?)null)),
        ("HEAD", "/rest/v1/turns", null),
        ("POST", "/rest/v1/rpc/cogcommit_push", Json(new JsonObject { ["batch"] = (Victim with { Secret = "the attacker's" }).Everything() }.ToJsonString())),
        ("POST", "/rest/v1/rpc/cogcommit_pull", Json("""{"cursor": null, "max_bytes": 1000000}""")),
        ("POST", "/rest/v1/rpc/cogcommit_digest", Json("{}")),
        ("GET", "/storage/v1/object/visuals/" + VictimPath, null),
        ("GET", "/storage/v1/object/authenticated/visuals/" + VictimPath, null),
        ("POST", "/storage/v1/object/visuals/" + VictimPath, PictureContent([1])),
        ("PUT", "/storage/v1/object/visuals/" + VictimPath, PictureContent([1])),
        ("DELETE", "/storage/v1/object/visuals/" + VictimPath, null),
        ("GET", "/auth/v1/user", null),
        ("POST", "/auth/v1/logout?scope=global", null),
    ];

    private static bool Refused(string path, int status, string body) =>
        path.StartsWith("/storage", StringComparison.Ordinal) ? status == 400 && body.Contains("\"statusCode\":\"403\"", StringComparison.Ordinal)
        : path.StartsWith("/auth", StringComparison.Ordinal) ? status is 401 or 403
        : status == 401;

    private IEnumerable<(string Name, string Token)> Expired()
    {
        var key = SignedToken.KeyOf(Cloud);
        yield return ("expired a second ago", SignedToken.Make(SignedToken.Payload(Victim.UserId, SignedToken.Now - 1), key));
        yield return ("expired long ago", SignedToken.Make(SignedToken.Payload(Victim.UserId, 1), key));
        yield return ("expired below nothing", SignedToken.Make(SignedToken.Payload(Victim.UserId, -1), key));
        yield return ("without an end", SignedToken.Make(But(payload => payload.Remove("exp")), key));
        yield return ("an end that is no number", SignedToken.Make(But(payload => payload["exp"] = "never"), key));
        yield return ("an end beyond all time", SignedToken.Make(But(payload => payload["exp"] = JsonNode.Parse("1e400")), key));
        yield return ("not begun yet", SignedToken.Make(But(payload => payload["nbf"] = SignedToken.Now + 600), key));
    }

    private IEnumerable<(string Name, string Token)> Forged(string own)
    {
        var payload = SignedToken.Payload(Victim.UserId);
        var parts = own.Split('.');
        var swapped = JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])))!;
        swapped["sub"] = Victim.UserId.ToString();
        var body = SignedToken.Encode(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        yield return ("another key", SignedToken.Make(payload, "another key, which is as long as a key must be"));
        yield return ("the public key as key", SignedToken.Make(payload, Cloud.Server.AnonKey));
        yield return ("service_role by the public key", SignedToken.Make(SignedToken.Payload(Victim.UserId, role: "service_role"), Cloud.Server.AnonKey));
        yield return ("the sign-in secret as key", SignedToken.Make(payload, Cloud.Server.Secret));
        yield return ("a key of nothing", SignedToken.Make(payload, ""));
        yield return ("the swapped sub of one's own", $"{parts[0]}.{SignedToken.Encode(Encoding.UTF8.GetBytes(swapped.ToJsonString()))}.{parts[2]}");
        yield return ("one's own with another signature", $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}");
        yield return ("one's own with a shorter signature", own[..^4]);
        yield return ("one's own without one", $"{parts[0]}.{parts[1]}.");
        yield return ("another's payload below one's own signature", $"{parts[0]}.{body}.{parts[2]}");
        foreach (var algorithm in new[] { "none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS256", "ES256", "PS256", "HS256 " })
        {
            var header = SignedToken.Encode(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));
            yield return ($"alg {algorithm}, unsigned", $"{header}.{body}.");
            yield return ($"alg {algorithm}, signed", SignedToken.Make(payload, Cloud.Server.AnonKey, $$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));
        }

        foreach (var header in new[]
        {
            """{"alg":"HS256","kid":"../../../../dev/null"}""", """{"alg":"HS256","kid":"' union select 'k' --"}""", """{"alg":"HS256","jku":"http://127.0.0.1:9/keys"}""",
            """{"alg":"HS256","x5u":"http://127.0.0.1:9/keys"}""", """{"alg":"HS256","jwk":{"kty":"oct","k":"a2V5"}}""", """{"alg":"HS256","crit":["exp"],"exp":0}""", """{"alg":"HS256","b64":false,"crit":["b64"]}""",
            """{"alg":["none"]}""", """{"alg":null}""", "{}", "[]", "null", "x",
        })
        {
            yield return (header, SignedToken.Make(payload, "key", header));
        }

        foreach (var token in new[] { "x", ".", "..", "...", "....", $"{body}.{body}.{body}", $"{parts[0]}..{parts[2]}", $"{own}.{own}", own + "\t.", "null", "undefined", new string('x', 8000) })
        {
            yield return ("no token at all: " + token[..Math.Min(token.Length, 20)], token);
        }
    }

    private JsonObject But(Action<JsonObject> but)
    {
        var payload = SignedToken.Payload(Victim.UserId);
        but(payload);
        return payload;
    }
}

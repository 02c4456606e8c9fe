using System.Text.Json.Nodes;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Paths of the bucket that lead, or seem to lead, to another's picture or out of the bucket.</summary>
public sealed class WireStorageTests(LocalCloudFixture cloud) : WireAttackTests(cloud)
{
    private const string Objects = "/storage/v1/object/visuals/";

    [Fact]
    public async Task Another_s_picture_is_answered_as_one_that_is_nowhere_byte_for_byte()
    {
        // The same folder, another name; and a folder of nobody's.
        var nowhere = new[] { VictimPath[..^8] + "0000.png", $"{Guid.NewGuid()}/{Guid.NewGuid()}/{Guid.NewGuid()}.png" };
        foreach (var (method, prefix, headers) in new (string, string, (string, string)[])[]
        {
            ("GET", Objects, []), ("HEAD", Objects, []), ("GET", "/storage/v1/object/authenticated/visuals/", []), ("GET", Objects, [("Range", "bytes=0-1")]), ("GET", Objects, [("If-None-Match", "*")]),
            ("POST", Objects, []), ("POST", Objects, [("x-upsert", "true")]), ("PUT", Objects, []), ("PUT", Objects, [("x-upsert", "false")]), ("DELETE", Objects, []),
        })
        {
            var told = await SendAsync(Attacker, method, prefix + VictimPath, Content(method), headers);
            Assert.False(told.Status is >= 200 and < 300, method);
            foreach (var path in nowhere)
            {
                Assert.Equal(told, await SendAsync(Attacker, method, prefix + path, Content(method), headers));
            }
        }

        foreach (var prefixes in new[] { VictimPath, VictimPath[..36], VictimPath[..37], "", "/", "%", "*", VictimPath + "\"", "../visuals/" + VictimPath })
        {
            var (status, body) = await SendAsync(Attacker, "DELETE", "/storage/v1/object/visuals", Json(new JsonObject { ["prefixes"] = new JsonArray(prefixes) }.ToJsonString()));
            Assert.Equal((200, "[]"), (status, body));
        }
    }

    [Fact]
    public async Task No_spelling_of_a_path_leads_to_another_s_picture_or_out_of_the_bucket()
    {
        var own = $"{AttackerId}/{Guid.NewGuid()}/{Guid.NewGuid()}.png";
        var (folder, rest) = (VictimPath[..36], VictimPath[37..]);
        string[] spellings =
        [
            $"{AttackerId}/../{VictimPath}", $"{AttackerId}/%2e%2e/{VictimPath}", $"{AttackerId}/%2E%2E/{VictimPath}", $"{AttackerId}/.%2e/{VictimPath}", $"{AttackerId}/%2e./{VictimPath}", $"{AttackerId}%2f..%2f{VictimPath}", $"{AttackerId}%2F%2e%2e%2F{VictimPath}",
            $"{AttackerId}/%252e%252e/{VictimPath}", $"{AttackerId}%252f..%252f{VictimPath}", $"{AttackerId}/..%5c{VictimPath}", $"{AttackerId}\\..\\{VictimPath}", $"{AttackerId}/..\\{VictimPath}", $"{AttackerId}/..;/{VictimPath}", $"{AttackerId}/..%00/{VictimPath}", $"{AttackerId}/%c0%ae%c0%ae/{VictimPath}", $"{AttackerId}/%ef%bc%8e%ef%bc%8e/{VictimPath}", $"{AttackerId}/%uff0e%uff0e/{VictimPath}",
            VictimPath + "/", VictimPath + "/.", VictimPath + "/..", VictimPath + ".", VictimPath + "..", VictimPath + "%20", VictimPath + "%00", VictimPath + "%00.png", VictimPath + "%0a", VictimPath + "?x=1", VictimPath + "#x", VictimPath + ";x", VictimPath + "::$DATA",
            VictimPath.ToUpperInvariant(), folder.ToUpperInvariant() + "/" + rest, $"/{VictimPath}", $"//{VictimPath}", $"./{VictimPath}", $"{folder}//{rest}", $"{folder}/./{rest}", $"{folder}%2f{rest}", $"%2f{VictimPath}", $"{folder}/x/../{rest}", $"%20{VictimPath}", $"{{{folder}}}/{rest}", folder.Replace("-", "", StringComparison.Ordinal) + "/" + rest, Uri.EscapeDataString(VictimPath), Encode(VictimPath),
            $"../visuals/{VictimPath}", $"..%2fvisuals%2f{VictimPath}", $"../../object/visuals/{VictimPath}", "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fkeys.json", "../keys.json", "..%5c..%5ckeys.json", "/etc/passwd", "%2fetc%2fpasswd", "C:%5cx", "file:%2f%2f%2fetc%2fpasswd",
            folder, folder + "/", folder + "/%", folder + "/*", folder + "/_", $"{folder}' or true --/{rest}".Replace(" ", "%20", StringComparison.Ordinal), "%", "*", ".", "..", "%2e", "%00", new string('a', 3000), string.Concat(Enumerable.Repeat("a/", 1500)), string.Concat(Enumerable.Repeat("../", 1000)) + VictimPath, new string('.', 255), "%f0%9f%98%80", "%ff%fe", "con", "nul.png",
            own, own + "/x", AttackerId.ToString(), $"{AttackerId}/free.png", $"{AttackerId}/{rest}",
        ];
        foreach (var spelling in spellings)
        {
            foreach (var (method, prefix) in new[]
            {
                ("GET", Objects), ("GET", "/storage/v1/object/authenticated/visuals/"), ("GET", "/storage/v1/object/public/visuals/"), ("POST", Objects), ("PUT", Objects), ("DELETE", Objects),
                ("GET", "/storage/v1/object/Visuals/"), ("POST", "/storage/v1/object/VISUALS/"), ("POST", "/storage/v1/object/other/"), ("GET", "/storage/v1/object/%76isuals/"), ("PUT", "/storage/v1/object/visuals%2f"), ("GET", "/storage/v1/object/visuals/../visuals/"), ("POST", "/storage/v1/object//"), ("POST", "/storage/v1/object/visuals%00/"),
            })
            {
                var (status, body) = await SendAsync(Attacker, method, prefix + spelling, Content(method), ("x-upsert", "true"));
                Assert.True(status is >= 400 and < 500, $"{method} {prefix}{spelling}: {status} {body}");
                Assert.DoesNotContain("root:", body, StringComparison.Ordinal);
                Assert.DoesNotContain("JwtSecret", body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task No_other_endpoint_of_Storage_moves_copies_lists_signs_or_tells_of_it()
    {
        var copy = new JsonObject { ["bucketId"] = "visuals", ["sourceKey"] = VictimPath, ["destinationKey"] = $"{AttackerId}/x/y.png", ["destinationBucket"] = "visuals" }.ToJsonString();
        var list = new JsonObject { ["prefix"] = VictimPath[..36], ["limit"] = 1000, ["search"] = "" }.ToJsonString();
        foreach (var (method, path, body) in new[]
        {
            ("POST", "/storage/v1/object/move", copy), ("POST", "/storage/v1/object/copy", copy), ("POST", "/storage/v1/object/list/visuals", list), ("POST", "/storage/v1/object/list-v2/visuals", list),
            ("POST", "/storage/v1/object/sign/visuals/" + VictimPath, """{"expiresIn": 1000}"""), ("POST", "/storage/v1/object/sign/visuals", """{"expiresIn": 1000, "paths": ["x"]}"""), ("GET", "/storage/v1/object/sign/visuals/" + VictimPath + "?token=x", null),
            ("POST", "/storage/v1/object/upload/sign/visuals/" + VictimPath, "{}"), ("PUT", "/storage/v1/object/upload/sign/visuals/" + VictimPath + "?token=x", "x"), ("GET", "/storage/v1/object/info/visuals/" + VictimPath, null),
            ("GET", "/storage/v1/object/info/authenticated/visuals/" + VictimPath, null), ("GET", "/storage/v1/object/public/visuals/" + VictimPath, null), ("HEAD", "/storage/v1/object/public/visuals/" + VictimPath, null), ("GET", "/storage/v1/render/image/authenticated/visuals/" + VictimPath, null),
            ("GET", "/storage/v1/bucket", null), ("GET", "/storage/v1/bucket/visuals", null), ("POST", "/storage/v1/bucket", """{"name": "mine", "public": true}"""), ("PUT", "/storage/v1/bucket/visuals", """{"public": true}"""), ("POST", "/storage/v1/bucket/visuals/empty", "{}"), ("DELETE", "/storage/v1/bucket/visuals", null),
            ("GET", "/storage/v1/s3/visuals/" + VictimPath, null), ("POST", "/storage/v1/upload/resumable", "{}"), ("PATCH", "/storage/v1/upload/resumable/visuals/" + VictimPath, "{}"), ("PATCH", "/storage/v1/object/visuals/" + VictimPath, "{}"), ("OPTIONS", "/storage/v1/object/visuals/" + VictimPath, null), ("TRACE", "/storage/v1/object/visuals/" + VictimPath, null),
        })
        {
            var (status, answer) = await SendAsync(Attacker, method, path, body is null ? null : Json(body));
            Assert.True(status is >= 400 and < 500, $"{method} {path}: {status} {answer}");
        }

        Assert.Equal("visuals", await ScalarAsync("select string_agg(id, ',') from storage.buckets where not public"));
    }

    [Fact]
    public async Task A_body_that_is_no_list_of_names_removes_nothing_and_is_told_so()
    {
        foreach (var body in new[] { "", "{}", "[]", "null", "x", "{\"prefixes\":null}", "{\"prefixes\":1}", "{\"prefixes\":[1]}", "{\"prefixes\":[null]}", "{\"prefixes\":[[\"x\"]]}", "{\"prefixes\":{\"0\":\"x\"}}", "{\"prefixes\":[\"\\ud800\"]}", "{\"prefixes\":[\"\\u0000\"]}", new string('[', 10_000), "{\"prefixes\":[],\"prefixes\":[]}" })
        {
            var (status, answer) = await SendAsync(Attacker, "DELETE", "/storage/v1/object/visuals", Json(body));
            Assert.True(status == 400, $"{body[..Math.Min(30, body.Length)]}: {status} {answer}");
        }
    }

    private async Task<string?> ScalarAsync(string sql)
    {
#pragma warning disable CA2100 // The tests' own SQL.
        await using var command = Cloud.Server.Database.CreateCommand(sql);
#pragma warning restore CA2100
        return (string?)await command.ExecuteScalarAsync(Cancel);
    }

    private static ByteArrayContent? Content(string method) => method is "POST" or "PUT" ? PictureContent([6, 6, 6]) : null;

    private static string Encode(string text) => string.Concat(text.Select(c => $"%{(int)c:x2}"));
}

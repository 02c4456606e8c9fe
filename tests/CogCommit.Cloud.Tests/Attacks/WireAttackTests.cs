using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CogCommit.Testing;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// An honest user of the local cloud, with rows and a picture, and an attacker who is signed in as somebody else. However a test ends,
/// the honest rows and the picture must be as they were, and no answer may tell of them.
/// </summary>
public abstract class WireAttackTests(LocalCloudFixture cloud) : IAsyncLifetime
{
    private static readonly byte[] Picture = Encoding.UTF8.GetBytes("the honest picture");

    private HttpClient honest = null!;
    private string before = "";
    private int tried;

    internal Honest Victim { get; private set; } = null!;

    protected LocalCloudFixture Cloud => cloud;

    /// <summary>Where the victim's picture lies in the bucket.</summary>
    protected string VictimPath { get; private set; } = "";

    protected HttpClient Attacker { get; private set; } = null!;

    protected Guid AttackerId { get; private set; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (honest, var id) = await cloud.NewClientUserAsync("honest");
        Victim = Honest.New(id);
        var pushed = JsonNode.Parse(await RpcAsync(honest, "cogcommit_push", new JsonObject { ["batch"] = Victim.Everything() }.ToJsonString()))!;
        VictimPath = (string)pushed["results"]!["visuals"]![0]!["path"]!;
        using var sent = await honest.PostAsync("/storage/v1/object/visuals/" + VictimPath, PictureContent(Picture), Cancel);
        sent.EnsureSuccessStatusCode();
        (Attacker, AttackerId) = await cloud.NewClientUserAsync("attacker");
        before = await Standing.OfAsync(cloud.Server.Database, id);
        Assert.Contains(Victim.Secret, before, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(before, await Standing.OfAsync(cloud.Server.Database, Victim.UserId));
        Assert.Equal(Picture, await honest.GetByteArrayAsync("/storage/v1/object/visuals/" + VictimPath, Cancel));
        Assert.True(tried > 0, "no attack was made");
        Figures.Record("policy cases tried", tried);
        honest.Dispose();
        Attacker.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One variant of an attack: the status and the body. The path is sent as it stands here: nothing tidies it up on the way.</summary>
    protected async Task<(int Status, string Body)> SendAsync(HttpClient client, string method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(cloud.Url.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), uri) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        tried++;
        Assert.DoesNotContain("the honest picture", body, StringComparison.Ordinal);
        // An answer may name what was asked for; nothing else.
        Victim.AssertNotIn(body.Replace(Uri.UnescapeDataString(path).Split("/visuals/")[^1], "", StringComparison.Ordinal).Replace(VictimPath, "", StringComparison.Ordinal), $"{method} {path}");
        Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {answer.StatusCode} {body}");
        return ((int)answer.StatusCode, body);
    }

    /// <summary>One variant of an attack that is made another way: its answer.</summary>
    protected void Tried(string answer, string attack)
    {
        tried++;
        Victim.AssertNotIn(answer, attack);
    }

    protected static ByteArrayContent PictureContent(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    protected static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<string> RpcAsync(HttpClient client, string function, string arguments)
    {
        using var answer = await client.PostAsync("/rest/v1/rpc/" + function, Json(arguments), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}

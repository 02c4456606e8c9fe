using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>Objects of the bucket visuals: only where a row of their user says so.</summary>
public sealed class StorageTests(LocalCloudFixture cloud)
{
    private const string Objects = "/storage/v1/object/visuals/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_goes_where_its_row_says_and_only_its_user_gets_it_back()
    {
        var (user, path) = await UserWithVisualAsync();
        var (stranger, _) = await cloud.NewClientUserAsync();
        using (user)
        using (stranger)
        {
            Assert.Equal((404, "not_found"), await FaultOf(await user.GetAsync(Objects + path, Cancel)));
            using var sent = await user.PostAsync(Objects + path, Picture([1, 2, 3]), Cancel);
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            Assert.Equal((409, "Duplicate"), await FaultOf(await user.PostAsync(Objects + path, Picture([4]), Cancel)));

            using var back = await user.GetAsync("/storage/v1/object/authenticated/visuals/" + path, Cancel);
            Assert.Equal([1, 2, 3], await back.Content.ReadAsByteArrayAsync(Cancel));
            Assert.Equal("image/png", back.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", back.Headers.GetValues("X-Content-Type-Options").Single());

            using var again = await user.PutAsync(Objects + path, Picture([7, 8]), Cancel);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Equal([7, 8], await user.GetByteArrayAsync(Objects + path, Cancel));

            Assert.Equal((404, "not_found"), await FaultOf(await stranger.GetAsync(Objects + path, Cancel)));
            Assert.Equal((403, "Unauthorized"), await FaultOf(await stranger.PutAsync(Objects + path, Picture([9]), Cancel)));
            Assert.Equal((404, "not_found"), await FaultOf(await stranger.DeleteAsync(Objects + path, Cancel)));
            Assert.Equal([7, 8], await user.GetByteArrayAsync(Objects + path, Cancel));
        }
    }

    [Fact]
    public async Task Without_a_row_of_its_own_nothing_is_stored()
    {
        var (user, path) = await UserWithVisualAsync();
        using (user)
        {
            Assert.Equal((403, "Unauthorized"), await FaultOf(await user.PostAsync(Objects + path + "x", Picture([1]), Cancel)));
            Assert.Equal((403, "Unauthorized"), await FaultOf(await user.PostAsync(Objects + "..%2f..%2fescape.png", Picture([1]), Cancel)));
            Assert.Equal((415, "invalid_mime_type"), await FaultOf(await user.PostAsync(Objects + path, Picture([1], "text/html"), Cancel)));
            Assert.Equal((404, "Bucket not found"), await FaultOf(await user.PostAsync("/storage/v1/object/other/" + path, Picture([1]), Cancel)));
            Assert.Equal((413, "Payload too large"), await FaultOf(await user.PostAsync(Objects + path, Picture(new byte[(50 * 1024 * 1024) + 1]), Cancel)));
            user.DefaultRequestHeaders.Authorization = null;
            Assert.Equal((403, "Unauthorized"), await FaultOf(await user.PostAsync(Objects + path, Picture([1]), Cancel)));
        }
    }

    [Fact]
    public async Task What_is_removed_is_gone_once_its_row_is_deleted()
    {
        var (user, path) = await UserWithVisualAsync();
        using (user)
        {
            (await user.PostAsync(Objects + path, Picture([1]), Cancel)).EnsureSuccessStatusCode();
            Assert.Equal((404, "not_found"), await FaultOf(await user.DeleteAsync(Objects + path, Cancel)));
            await cloud.RunAsync("update public.visuals set deleted_at = now() where path = $1", path);
            using var request = new HttpRequestMessage(HttpMethod.Delete, "/storage/v1/object/visuals") { Content = JsonContent.Create(new { prefixes = new[] { path, "none" } }) };
            using var deleted = await user.SendAsync(request, Cancel);
            var row = Assert.Single((await deleted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).EnumerateArray());
            Assert.Equal(path, row.GetProperty("name").GetString());
            Assert.Equal((404, "not_found"), await FaultOf(await user.GetAsync(Objects + path, Cancel)));
        }
    }

    private async Task<(HttpClient Client, string Path)> UserWithVisualAsync()
    {
        var (client, user) = await cloud.NewClientUserAsync();
        var (commit, visual) = (Guid.NewGuid(), Guid.NewGuid());
        var path = $"{user:D}/{commit:D}/{visual:D}.png";
        await cloud.RunAsync("insert into public.user_profiles (id, github_username, github_id) values ($1, 'x', $2) on conflict do nothing", user, user.ToString());
        await cloud.RunAsync(
            """
            insert into public.cognitive_commits (id, user_id, local_id, seq, started_at, closed_at, closed_by) values ($1, $2, $1, 1, now(), now(), 'session_end')
            """,
            commit,
            user);
        await cloud.RunAsync(
            "insert into public.visuals (id, user_id, commit_id, type, path, captured_at, local_id, seq, byte_size) values ($1, $2, $3, 'screenshot', $4, now(), $1, 1, 40000000)",
            visual,
            user,
            commit,
            path);
        return (client, path);
    }

    private static ByteArrayContent Picture(byte[] bytes, string type = "image/png") =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static async Task<(int Status, string? Error)> FaultOf(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode}: {text}");
            var body = JsonElement.Parse(text);
            return (int.Parse(body.GetProperty("statusCode").GetString()!), body.GetProperty("error").GetString());
        }
    }
}

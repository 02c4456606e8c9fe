using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CogCommit.LocalCloud.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>TUS 1.0.0 as the local cloud speaks it: what a client of anybody's may rely on.</summary>
public sealed class ResumableTests(LocalCloudFixture cloud)
{
    private const string Uploads = "/storage/v1/upload/resumable";
    private const string Objects = "/storage/v1/object/visuals/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_what_it_speaks()
    {
        using var client = cloud.NewClient(null);
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, Uploads), Cancel);
        Assert.Equal((HttpStatusCode.NoContent, "1.0.0"), (answer.StatusCode, Header(answer, "Tus-Version")));
        Assert.Contains("termination", Header(answer, "Tus-Extension"), StringComparison.Ordinal);
        using var old = Request(HttpMethod.Post, Uploads);
        old.Headers.Remove("Tus-Resumable");
        using var refused = await client.SendAsync(old, Cancel);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "1.0.0"), (refused.StatusCode, Header(refused, "Tus-Version")));
    }

    [Fact]
    public async Task A_picture_in_parts_is_there_when_the_last_has_come_and_not_before()
    {
        var (user, path) = await UserWithVisualAsync();
        using (user)
        {
            var upload = await BeginAsync(user, path, 10);
            Assert.Equal("0 of 10", await OffsetAsync(user, upload));
            Assert.Equal((204, "4"), await AppendAsync(user, upload, 0, [1, 2, 3, 4]));
            Assert.Equal("4 of 10", await OffsetAsync(user, upload));
            Assert.Equal(409, (await AppendAsync(user, upload, 0, [9])).Status);
            Assert.Equal(409, (await AppendAsync(user, upload, 5, [9])).Status);
            Assert.Equal(413, (await AppendAsync(user, upload, 4, new byte[7])).Status);
            Assert.Equal("4 of 10", await OffsetAsync(user, upload));
            using (var absent = await user.GetAsync(Objects + path, Cancel))
            {
                Assert.Equal(HttpStatusCode.BadRequest, absent.StatusCode);
            }

            Assert.Equal((204, "10"), await AppendAsync(user, upload, 4, [5, 6, 7, 8, 9, 10]));
            Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], await user.GetByteArrayAsync(Objects + path, Cancel));
            Assert.Equal("404", await OffsetAsync(user, upload));
            // It is there: nobody begins it again.
            using var again = await user.SendAsync(Begin(path, 10), Cancel);
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        }
    }

    [Fact]
    public async Task A_part_of_it_is_fetched_by_range()
    {
        var (user, path) = await UserWithVisualAsync();
        using (user)
        {
            var begin = Begin(path, 3);
            begin.Content = Part([1, 2, 3]);
            using var whole = await user.SendAsync(begin, Cancel);
            Assert.Equal((HttpStatusCode.Created, "3"), (whole.StatusCode, Header(whole, "Upload-Offset")));
            using var request = new HttpRequestMessage(HttpMethod.Get, Objects + path) { Headers = { Range = new RangeHeaderValue(1, null) } };
            using var part = await user.SendAsync(request, Cancel);
            Assert.Equal((HttpStatusCode.PartialContent, 1), (part.StatusCode, part.Content.Headers.ContentRange?.From));
            Assert.Equal([2, 3], await part.Content.ReadAsByteArrayAsync(Cancel));
        }
    }

    [Fact]
    public async Task Only_who_began_it_goes_on_with_it_and_it_can_be_given_up()
    {
        var (user, path) = await UserWithVisualAsync();
        var (stranger, _) = await cloud.NewClientUserAsync();
        using (user)
        using (stranger)
        {
            var upload = await BeginAsync(user, path, 10);
            foreach (var other in new[] { stranger, cloud.NewClient(null) })
            {
                Assert.Equal("404", await OffsetAsync(other, upload));
                Assert.Equal(404, (await AppendAsync(other, upload, 0, [1])).Status);
                using var given = await other.SendAsync(Request(HttpMethod.Delete, upload), Cancel);
                Assert.Equal(HttpStatusCode.NotFound, given.StatusCode);
                using var begun = await other.SendAsync(Begin(path, 10), Cancel);
                Assert.Equal(HttpStatusCode.Forbidden, begun.StatusCode);
            }

            Assert.Equal("0 of 10", await OffsetAsync(user, upload));
            using (var done = await user.SendAsync(Request(HttpMethod.Delete, upload), Cancel))
            {
                Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
            }

            Assert.Equal("404", await OffsetAsync(user, upload));
        }
    }

    [Fact]
    public async Task Nothing_is_begun_that_may_not_be_there()
    {
        var (user, path) = await UserWithVisualAsync(bytes: 100);
        using (user)
        {
            Assert.Equal(403, await BegunAsync(Begin(path + "x", 10)));
            Assert.Equal(403, await BegunAsync(Begin(path, 101)));
            Assert.Equal(413, await BegunAsync(Begin(path, 52428801)));
            Assert.Equal(415, await BegunAsync(Begin(path, 10, "text/html")));
            Assert.Equal(404, await BegunAsync(Begin(path, 10, bucket: "other")));
            Assert.Equal(400, await BegunAsync(Begin(path, null)));
            var broken = Begin(path, 10);
            broken.Headers.Remove("Upload-Metadata");
            broken.Headers.Add("Upload-Metadata", "bucketName ***");
            Assert.Equal(400, await BegunAsync(broken));
        }

        async Task<int> BegunAsync(HttpRequestMessage begin)
        {
            using var answer = await user.SendAsync(begin, Cancel);
            Assert.Null(answer.Headers.Location);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_row_that_is_deleted_under_way_ends_it()
    {
        var (user, path) = await UserWithVisualAsync();
        using (user)
        {
            var upload = await BeginAsync(user, path, 4);
            Assert.Equal(204, (await AppendAsync(user, upload, 0, [1, 2])).Status);
            await cloud.RunAsync("update public.visuals set deleted_at = now() where path = $1", path);
            Assert.Equal(403, (await AppendAsync(user, upload, 2, [3, 4])).Status);
            using var answer = await user.GetAsync(Objects + path, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public void An_upload_that_nobody_goes_on_with_is_gone_after_a_day_and_its_bytes_too()
    {
        using var folder = new TestFolder();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var uploads = new UnfinishedUploads(folder.Path, clock);
        var owner = Guid.NewGuid();
        var begun = uploads.Begin(owner, new ObjectUpload("visuals", "a/b/c", "image/png", false), 10);
        clock.Advance(UnfinishedUploads.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(begun, uploads.Find(begun.Id, owner));
        uploads.Sweep();
        Assert.True(File.Exists(uploads.PartsOf(begun.Id)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(uploads.Find(begun.Id, owner));
        var next = uploads.Begin(owner, begun.Object, 10);
        Assert.Equal([next.Id, next.Id + ".json"], Directory.GetFiles(Path.Combine(folder.Path, "uploads")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_without_a_row_are_swept_once_they_are_a_day_old()
    {
        using var folder = new TestFolder();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var files = new ObjectFiles(folder.Path, clock);
        var (kept, left) = (Adopt(), Adopt());
        files.Sweep(new HashSet<Guid> { kept });
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder.Path, "objects")).Length);
        clock.Advance(TimeSpan.FromHours(25));
        files.Sweep(new HashSet<Guid> { kept });
        Assert.Null(files.Open(left));
        using var open = files.Open(kept);
        Assert.NotNull(open);

        Guid Adopt()
        {
            var path = Path.Combine(folder.Path, Guid.NewGuid().ToString("N"));
            File.WriteAllText(path, "x");
            return files.Adopt(path);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path) => new(method, path) { Headers = { { "Tus-Resumable", "1.0.0" } } };

    private static HttpRequestMessage Begin(string path, long? length, string type = "image/png", string bucket = "visuals")
    {
        var request = Request(HttpMethod.Post, Uploads);
        if (length is { } bytes)
        {
            request.Headers.Add("Upload-Length", bytes.ToString(CultureInfo.InvariantCulture));
        }

        request.Headers.Add("Upload-Metadata", $"bucketName {Base64(bucket)}, objectName {Base64(path)},contentType {Base64(type)}");
        return request;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<string> BeginAsync(HttpClient user, string path, long length)
    {
        using var answer = await user.SendAsync(Begin(path, length), Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.NotNull(Header(answer, "Upload-Expires"));
        return answer.Headers.Location!.AbsolutePath;
    }

    private static async Task<string> OffsetAsync(HttpClient user, string upload)
    {
        using var answer = await user.SendAsync(Request(HttpMethod.Head, upload), Cancel);
        return answer.IsSuccessStatusCode ? $"{Header(answer, "Upload-Offset")} of {Header(answer, "Upload-Length")}" : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<(int Status, string? Offset)> AppendAsync(HttpClient user, string upload, long offset, byte[] bytes)
    {
        using var request = Request(HttpMethod.Patch, upload);
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = Part(bytes);
        using var answer = await user.SendAsync(request, Cancel);
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? Header(answer, "Upload-Offset") : null);
    }

    private static ByteArrayContent Part(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private async Task<(HttpClient Client, string Path)> UserWithVisualAsync(long bytes = 40_000_000)
    {
        var (client, user) = await cloud.NewClientUserAsync();
        var (commit, visual) = (Guid.NewGuid(), Guid.NewGuid());
        var path = $"{user:D}/{commit:D}/{visual:D}.png";
        await cloud.RunAsync("insert into public.user_profiles (id, github_username, github_id) values ($1, 'x', $2) on conflict do nothing", user, user.ToString());
        await cloud.RunAsync(
            "insert into public.cognitive_commits (id, user_id, local_id, seq, started_at, closed_at, closed_by) values ($1, $2, $1, 1, now(), now(), 'session_end')", commit, user);
        await cloud.RunAsync(
            "insert into public.visuals (id, user_id, commit_id, type, path, captured_at, local_id, seq, byte_size) values ($1, $2, $3, 'screenshot', $4, now(), $1, 1, $5)",
            visual,
            user,
            commit,
            path,
            bytes);
        return (client, path);
    }
}

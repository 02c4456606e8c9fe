using System.Net;
using System.Net.Http.Headers;
using CogCommit.Cloud.Tests.Wire;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Storage;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>What is said to Storage, and what its answers mean.</summary>
public sealed class StorageCallTests
{
    private const string Path = "u/c/v 1.png";
    private const int Part = 6 * 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("409", "Duplicate", "The resource already exists", UploadAnswer.WasThere)]
    [InlineData("403", "Unauthorized", "new row violates row-level security policy", UploadAnswer.NotNow)]
    [InlineData("413", "Payload too large", "The object exceeded the maximum allowed size", UploadAnswer.Refused)]
    [InlineData("415", "invalid_mime_type", "mime type image/png is not supported", UploadAnswer.Refused)]
    public async Task An_error_is_400_and_what_is_meant_stands_in_its_body(string status, string error, string message, UploadAnswer expected)
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.BadRequest, $$"""{"statusCode":"{{status}}","error":"{{error}}","message":"{{message}}"}""");
        using var machine = cloud.SignedIn();
        var outcome = await UploadAsync(machine, 10);
        Assert.Equal((expected, expected == UploadAnswer.WasThere ? null : message), (outcome.Answer, outcome.Reason));
        Assert.Equal(("POST", "/storage/v1/object/visuals/u/c/v%201.png", "Bearer access-1"), (cloud.Requests.Single().Method, cloud.Requests.Single().Path, cloud.Requests.Single().Authorization));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("429")]
    [InlineData("544")]
    public async Task A_busy_Storage_is_asked_again_though_it_says_400(string status)
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.BadRequest, $$"""{"statusCode":"{{status}}","error":"x","message":"busy"}""").Then(HttpStatusCode.OK);
        using var machine = cloud.SignedIn();
        Assert.Equal(UploadAnswer.Stored, (await UploadAsync(machine, 10)).Answer);
        Assert.Equal(2, cloud.Requests.Count);
        Assert.Equal(cloud.Requests[0].Body, cloud.Requests[1].Body);
        Assert.Single(cloud.Clock.Waits);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"statusCode":"403","error":"Unauthorized","message":"\"exp\" claim timestamp check failed"}""")]
    [InlineData(HttpStatusCode.BadRequest, """{"statusCode":"401","error":"Unauthorized","message":"jwt expired"}""")]
    [InlineData(HttpStatusCode.Unauthorized, """{"message":"jwt expired"}""")]
    public async Task A_token_that_is_refused_is_renewed_once_and_the_picture_sent_again(HttpStatusCode status, string body)
    {
        using var cloud = new FakeCloud().Then(status, body).Then(HttpStatusCode.OK, FakeCloud.Grant("access-2", "refresh-2")).Then(HttpStatusCode.OK);
        using var machine = cloud.SignedIn();
        Assert.Equal(UploadAnswer.Stored, (await UploadAsync(machine, 10)).Answer);
        Assert.Equal(["Bearer access-1", "Bearer access-2"], cloud.Requests.Where(request => request.Path.StartsWith("/storage", StringComparison.Ordinal)).Select(request => request.Authorization));
    }

    [Fact]
    public async Task One_that_is_refused_twice_is_an_error_that_tells_no_token()
    {
        using var cloud = new FakeCloud { Otherwise = () => FakeCloud.Answer(HttpStatusCode.BadRequest, """{"statusCode":"403","error":"Unauthorized","message":"bad token access-token-number-2 of refresh-token-number-2"}""") };
        cloud.Then(HttpStatusCode.BadRequest, """{"statusCode":"403","error":"Unauthorized","message":"bad token access-token-number-1"}""")
            .Then(HttpStatusCode.OK, FakeCloud.Grant("access-token-number-2", "refresh-token-number-2"));
        using var machine = cloud.SignedIn(access: "access-token-number-1", refresh: "refresh-token-number-1");
        var error = await Assert.ThrowsAsync<CloudRejectedException>(() => UploadAsync(machine, 10));
        Assert.Equal((403, 3), (error.Status, cloud.Requests.Count));
        Assert.DoesNotContain("token-number", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("(hidden)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var cloud = new FakeCloud().Then(() => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://elsewhere.example/") } });
        using var machine = cloud.SignedIn();
        Assert.Equal(302, (await Assert.ThrowsAsync<CloudRejectedException>(() => UploadAsync(machine, 10))).Status);
        Assert.Single(cloud.Requests);
    }

    [Theory]
    [InlineData("https://elsewhere.example/storage/v1/upload/resumable/abc-1_Z")]
    [InlineData("http://cloud.example:1/abc-1_Z")]
    [InlineData("/any/where/abc-1_Z/")]
    public async Task Parts_go_to_the_cloud_itself_wherever_it_says_that_they_should(string location)
    {
        using var cloud = new FakeCloud().Then(() => Tus(HttpStatusCode.Created, location: location)).Then(() => Tus(HttpStatusCode.NoContent, Part)).Then(() => Tus(HttpStatusCode.NoContent, Part + 3));
        using var machine = cloud.SignedIn();
        List<string?> names = [];
        Assert.Equal(UploadAnswer.Stored, (await UploadAsync(machine, Part + 3, names.Add)).Answer);
        Assert.Equal(
            ["POST /storage/v1/upload/resumable", "PATCH /storage/v1/upload/resumable/abc-1_Z", "PATCH /storage/v1/upload/resumable/abc-1_Z"], cloud.Requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.Equal(["abc-1_Z"], names);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://cloud.example/storage/v1/upload/resumable/..")]
    [InlineData("https://cloud.example/storage/v1/upload/resumable/a%2Fb")]
    public async Task An_upload_that_was_begun_nowhere_is_an_error(string? location)
    {
        using var cloud = new FakeCloud().Then(() => Tus(HttpStatusCode.Created, location: location));
        using var machine = cloud.SignedIn();
        await Assert.ThrowsAsync<CloudRejectedException>(() => UploadAsync(machine, Part + 1));
        Assert.Single(cloud.Requests);
    }

    [Fact]
    public async Task A_part_whose_fate_nobody_knows_is_asked_for_before_it_is_sent_again()
    {
        using var cloud = new FakeCloud().Then(() => Tus(HttpStatusCode.Created, location: "/x/a")).Then(() => throw new IOException("broken"))
            .Then(HttpStatusCode.ServiceUnavailable).Then(() => Tus(HttpStatusCode.OK, 100)).Then(() => Tus(HttpStatusCode.NoContent, Part + 1));
        using var machine = cloud.SignedIn();
        Assert.Equal(UploadAnswer.Stored, (await UploadAsync(machine, Part + 1)).Answer);
        Assert.Equal(["POST", "PATCH", "HEAD", "HEAD", "PATCH"], cloud.Requests.Select(request => request.Method));
        Assert.Equal(2, cloud.Clock.Waits.Count);
    }

    [Fact]
    public async Task A_cloud_that_takes_no_more_of_it_is_not_asked_for_ever()
    {
        using var cloud = new FakeCloud { Otherwise = () => Tus(HttpStatusCode.NoContent, 0) }.Then(() => Tus(HttpStatusCode.Created, location: "/x/a"));
        using var machine = cloud.SignedIn();
        await Assert.ThrowsAsync<CloudUnreachableException>(() => UploadAsync(machine, Part + 1));
        Assert.Equal(6, cloud.Requests.Count);
    }

    [Fact]
    public async Task A_cloud_that_forgets_it_is_not_asked_for_ever()
    {
        using var cloud = new FakeCloud().Then(() => Tus(HttpStatusCode.Created, location: "/x/a")).Then(() => Tus(HttpStatusCode.NotFound))
            .Then(() => Tus(HttpStatusCode.Created, location: "/x/b")).Then(() => Tus(HttpStatusCode.Gone));
        using var machine = cloud.SignedIn();
        await Assert.ThrowsAsync<CloudUnreachableException>(() => UploadAsync(machine, Part + 1));
        Assert.Equal(["POST", "PATCH", "POST", "PATCH"], cloud.Requests.Select(request => request.Method));
    }

    [Theory]
    [InlineData("""["u/c/v 1.png"]""", true)]
    [InlineData("[]", false)]
    public async Task That_all_bytes_are_there_is_no_picture_until_the_cloud_shows_one(string stored, bool there)
    {
        using var cloud = new FakeCloud().Then(() => Tus(HttpStatusCode.Created, location: "/x/a")).Then(() => Tus(HttpStatusCode.NoContent, Part)).Then(() => throw new IOException("broken"))
            .Then(() => Tus(HttpStatusCode.OK, Part + 1)).Then(HttpStatusCode.OK, $$"""{"protocol":1,"stored":{{stored}},"deleted":[],"loose":[]}""");
        using var machine = cloud.SignedIn();
        List<string?> names = [];
        if (there)
        {
            Assert.Equal(UploadAnswer.Stored, (await UploadAsync(machine, Part + 1, names.Add)).Answer);
            Assert.Equal(["a"], names);
        }
        else
        {
            await Assert.ThrowsAsync<CloudUnreachableException>(() => UploadAsync(machine, Part + 1, names.Add));
            Assert.Equal(["a", null], names);
        }
    }

    [Fact]
    public async Task A_download_that_breaks_goes_on_where_it_broke_also_where_the_cloud_begins_anew()
    {
        byte[] picture = [1, 2, 3, 4, 5, 6, 7, 8];
        using var cloud = new FakeCloud().Then(() => Torn(HttpStatusCode.OK, picture[..3]))
            .Then(() => Torn(HttpStatusCode.PartialContent, picture[3..5], 3))
            .Then(() => Torn(HttpStatusCode.OK, picture[..4]))
            .Then(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(picture) });
        using var machine = cloud.SignedIn();
        using var got = new MemoryStream();
        Assert.True(await machine.Account.ConnectStorage().DownloadAsync(Path, 8, got, Cancel));
        Assert.Equal(picture, got.ToArray());
        Assert.Equal(4, cloud.Requests.Count);
    }

    [Fact]
    public async Task One_that_has_more_than_it_may_is_not_read_to_its_end()
    {
        using var cloud = new FakeCloud().Then(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[9]) });
        using var machine = cloud.SignedIn();
        using var got = new MemoryStream();
        Assert.Equal("VisualDamaged", (await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.ConnectStorage().DownloadAsync(Path, 8, got, Cancel))).ErrorId);
        Assert.Equal(0, got.Length);
        Assert.Single(cloud.Requests);
    }

    [Fact]
    public async Task Without_the_migrations_it_is_said_what_to_do()
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.NotFound, """{"code":"PGRST202","message":"Could not find the function"}""")
            .Then(HttpStatusCode.BadRequest, """{"statusCode":"404","error":"Bucket not found","message":"Bucket not found"}""");
        using var machine = cloud.SignedIn();
        Assert.Equal("MigrationsMissing", (await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.ConnectStorage().LookAsync([], Cancel))).ErrorId);
        Assert.Equal("MigrationsMissing", (await Assert.ThrowsAsync<CogCommitException>(() => UploadAsync(machine, 10))).ErrorId);
    }

    private static async Task<UploadOutcome> UploadAsync(TestMachine machine, int size, Action<string?>? began = null)
    {
        using var content = new MemoryStream(Picture.Of(1, size).Content);
        return await machine.Account.ConnectStorage().UploadAsync(new PictureUpload { Path = Path, Mime = "image/png", Content = content, Began = began ?? (_ => { }) }, Cancel);
    }

    private static HttpResponseMessage Tus(HttpStatusCode status, long? offset = null, string? location = null)
    {
        var answer = new HttpResponseMessage(status);
        if (offset is { } bytes)
        {
            answer.Headers.Add("Upload-Offset", bytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (location is not null)
        {
            answer.Headers.Location = new Uri(location, UriKind.RelativeOrAbsolute);
        }

        return answer;
    }

    private static HttpResponseMessage Torn(HttpStatusCode status, byte[] part, long? from = null)
    {
        var content = new StreamContent(new TornStream(part));
        content.Headers.ContentRange = from is { } start ? new ContentRangeHeaderValue(start, 7, 8) : null;
        return new HttpResponseMessage(status) { Content = content };
    }

    /// <summary>Gives its bytes, and then breaks.</summary>
    private sealed class TornStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is var read and > 0 ? read : throw new IOException("broken");
    }
}

using System.Net;
using CogCommit.LocalCloud;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>The local cloud as a program.</summary>
public sealed class ProgramTests(PostgresFixture postgres)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CogCommit.LocalCloud.dll");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_where_it_serves_stops_with_its_parent_and_knows_its_keys_again()
    {
        using var folder = new TestFolder();
        string anonKey, secret;
        await using (var cloud = await LocalCloudProcess.StartAsync(Program, "--data", folder.Path))
        {
            (anonKey, secret) = (cloud.AnonKey, cloud.Secret);
            using var http = new HttpClient { BaseAddress = cloud.Url };
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health", Cancel)).StatusCode);
            Assert.Equal(0, await cloud.StopAsync());
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/health", Cancel));
        }

        Assert.False(File.Exists(Path.Combine(folder.Path, "postgres", "data", "postmaster.pid")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "keys.json")));
        }

        await using var again = await LocalCloudProcess.StartAsync(Program, "--data", folder.Path, "--postgres", await postgres.NewEmptyDatabaseAsync());
        Assert.Equal((anonKey, secret), (again.AnonKey, again.Secret));
    }

    [Theory]
    [InlineData("--data is missing")]
    [InlineData("Unknown option '--port'", "--data", "x", "--port", "1")]
    [InlineData("'--urls' needs a value", "--data", "x", "--urls")]
    public void A_command_line_that_makes_no_sense_says_which_part(string says, params string[] arguments) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => CloudOptions.Parse(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task It_says_in_one_line_why_it_does_not_start()
    {
        using var folder = new TestFolder();
        using var process = LocalCloudProcess.Start(Program, "--data", folder.Path, "--postgres", "Host=127.0.0.1;Port=1;Username=nobody");
        var errors = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(1, process.ExitCode);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.NotEqual("", errors.Trim());
    }
}

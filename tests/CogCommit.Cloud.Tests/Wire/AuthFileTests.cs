using System.Text;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Store;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>auth.json: whole or not at all, for its owner's eyes only.</summary>
public sealed class AuthFileTests : IDisposable
{
    private static readonly AuthSession Session = new(
        new Uri("https://cloud.example"), "anon", FakeCloud.UserId, "somebody", new HiddenText("access-1"), new HiddenText("refresh-1"), new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly TestFolder _folder = new();
    private readonly CogCommitHome _home;

    public AuthFileTests() => _home = new CogCommitHome(Path.Combine(_folder.Path, "home"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_read()
    {
        var file = new AuthFile(_home, TimeProvider.System);
        Assert.Null(file.Read());
        await file.WriteAsync(Session, Cancel);
        Assert.Equal(Session, file.Read());
        await file.WriteAsync(Session with { UserName = null }, Cancel);
        Assert.Null(file.Read()!.UserName);
        await file.DeleteAsync(Cancel);
        Assert.Null(file.Read());
    }

    [Fact]
    public async Task Only_its_owner_can_read_it_and_nothing_is_left_beside_it()
    {
        await new AuthFile(_home, TimeProvider.System).WriteAsync(Session, Cancel);
        await new AuthFile(_home, TimeProvider.System).WriteAsync(Session, Cancel);
        Assert.Equal(["auth.json", "auth.json.lock"], Directory.EnumerateFiles(_home.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_home.AuthPath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_home.Root));
        }
    }

    [Fact]
    public async Task Protected_tokens_stand_nowhere_in_the_file()
    {
        var protection = new TokenProtection("test", bytes => [.. bytes.Select(b => (byte)(b ^ 0x55))], bytes => [.. bytes.Select(b => (byte)(b ^ 0x55))]);
        var file = new AuthFile(_home, protection, TimeProvider.System);
        await file.WriteAsync(Session, Cancel);
        var text = await File.ReadAllTextAsync(_home.AuthPath, Cancel);
        Assert.DoesNotContain("access-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh-1", text, StringComparison.Ordinal);
        Assert.Equal(Session, file.Read());
    }

    [Fact]
    public async Task Every_torn_or_foreign_file_is_one_clear_error_that_quotes_nothing()
    {
        var file = new AuthFile(_home, null, TimeProvider.System);
        await file.WriteAsync(Session, Cancel);
        var whole = await File.ReadAllBytesAsync(_home.AuthPath, Cancel);
        var foreign = new[]
        {
            "null", "[]", "7", "{}", "\"access-1\"", """{"version":2}""", """{"version":"1"}""",
            Encoding.UTF8.GetString(whole).Replace("https://cloud.example", "http://cloud.example", StringComparison.Ordinal),
            Encoding.UTF8.GetString(whole).Replace("\"refresh-1\"", "null", StringComparison.Ordinal),
        };
        foreach (var bytes in Enumerable.Range(0, whole.TakeWhile(b => b != 0).Count() - 2).Select(length => whole[..length]).Concat(foreign.Select(Encoding.UTF8.GetBytes)))
        {
            await File.WriteAllBytesAsync(_home.AuthPath, bytes, Cancel);
            var error = Assert.ThrowsAny<CogCommitException>(() => file.Read());
            Assert.Equal(("AuthFileDamaged", ErrorKind.InvalidData), (error.ErrorId, error.Kind));
            Assert.DoesNotContain("access-1", error.ToString(), StringComparison.Ordinal);
        }

        await file.WriteAsync(Session, Cancel);
        Assert.Equal(Session, file.Read());
    }

    [Fact]
    public void A_token_prints_as_nothing()
    {
        Assert.Equal("(hidden)", new HiddenText("access-1").ToString());
        Assert.Equal("(hidden)", $"{Session.RefreshToken}");
        Assert.DoesNotContain("access-1", Session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("refresh-1", Session.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(new HiddenText("a"), new HiddenText("b"));
    }
}

using System.Text;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Config;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>What fuzzing config.json and auth.json found, each by its name.</summary>
public sealed class FilesRegressionTests : IDisposable
{
    private readonly TempHome _home = new();

    public FilesRegressionTests() => Directory.CreateDirectory(_home.Home.Root);

    public static TheoryData<string> NoText { get; } = ["{\"exclude-projects\":[\"\u00F3\"]}", @"{""storage"":""\ud83d""}", @"{""\ude00"":1}", @"{""a"":{""b"":""\ud83d""}}"];

    [Theory]
    [MemberData(nameof(NoText))]
    public void Settings_that_are_no_text_are_damaged_and_left_as_they_are(string text)
    {
        // So what is beyond ASCII is no UTF-8.
        var config = Encoding.Latin1.GetBytes(text);
        File.WriteAllBytes(_home.Home.ConfigPath, config);
        var damage = Assert.Throws<CogCommitException>(() => Settings.Load(_home.Home));
        Assert.Equal("ConfigDamaged", damage.ErrorId);
        Assert.Equal(config, File.ReadAllBytes(_home.Home.ConfigPath));
    }

    [Theory]
    [InlineData("anon", @"a\nb")]
    [InlineData("the-access", @"the\u0000access")]
    [InlineData("the-refresh", "thé-refresh")]
    public void A_token_that_cannot_travel_is_a_damaged_sign_in(string whole, string broken)
    {
        var session = new AuthSession(new Uri("https://cloud.example"), "anon", "7c9e6679-7425-40de-944b-e07fc1f90ae7", null, new HiddenText("the-access"), new HiddenText("the-refresh"), DateTimeOffset.UnixEpoch);
        File.WriteAllText(_home.Home.AuthPath, Encoding.UTF8.GetString(AuthJson.Write(session, null)).Replace($"\"{whole}\"", $"\"{broken}\"", StringComparison.Ordinal));

        var damage = Assert.Throws<CogCommitException>(() => new AuthFile(_home.Home, null, TimeProvider.System).Read());

        Assert.Equal("AuthFileDamaged", damage.ErrorId);
        Assert.Contains("Run Connect-CogCommit", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_in_that_may_not_be_read_is_told_and_not_thrown_from_below()
    {
        Directory.CreateDirectory(_home.Home.AuthPath);
        var refused = Assert.Throws<CogCommitException>(() => new AuthFile(_home.Home, TimeProvider.System).Read());
        Assert.Equal("SignInNotReadable", refused.ErrorId);
        Assert.Contains(_home.Home.AuthPath, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}

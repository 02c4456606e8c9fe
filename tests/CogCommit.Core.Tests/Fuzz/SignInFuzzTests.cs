using System.Net;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>auth.json with damage in it: "sign in again", or a sign-in that can be used; and no error quotes a token.</summary>
[Trait("Soak", "lines")]
public sealed class SignInFuzzTests
{
    private const string Access = "eyJhbGciOiJIUzI1NiJ9.access-of-somebody.c2lnbmF0dXJl";
    private const string Refresh = "refresh-of-somebody";

    private static readonly AuthSession Session = new(
        new Uri("https://cloud.example"), "anon", "7c9e6679-7425-40de-944b-e07fc1f90ae7", "somebody", new HiddenText(Access), new HiddenText(Refresh), DateTimeOffset.MaxValue.AddYears(-7000));

    [Fact]
    public void A_damaged_sign_in_is_signed_in_again_or_used_and_no_token_is_told() =>
        FuzzSeeds.Run("sign-in files fuzzed", 500, 40, Round);

    private static int Round(Random chance, CancellationToken hang)
    {
        using var home = new TempHome();
        Directory.CreateDirectory(home.Home.Root);
        var whole = AuthJson.Write(Session, null);
        for (var i = 0; i < 100; i++)
        {
            hang.ThrowIfCancellationRequested();
            File.WriteAllBytes(home.Home.AuthPath, chance.Next(2) == 0 ? JsonMutation.Of(chance, whole, whole) : ByteMutation.Of(chance, whole, whole));
            Use(home, hang);
        }

        return 100;
    }

    private static void Use(TempHome home, CancellationToken hang)
    {
        using var handler = new Answers();
        using var account = new CloudAccount(home.Home, null, handler);
        try
        {
            _ = account.Current;
            account.Connect().PullAsync(null, 1_000, hang).GetAwaiter().GetResult();
        }
        catch (CogCommitException problem)
        {
            Assert.Contains(problem.Kind, new[] { ErrorKind.InvalidData, ErrorKind.Unauthorized, ErrorKind.Unavailable });
            Assert.Contains(problem.ErrorId == "AuthFileDamaged" ? "Run Connect-CogCommit" : "", problem.Message, StringComparison.Ordinal);
            foreach (var part in new[] { "access-of", "of-somebody", "refresh-of", "eyJhbG" })
            {
                Assert.DoesNotContain(part, problem.ToString(), StringComparison.Ordinal);
            }
        }

        // Signing out of a damaged sign-in works too: nobody is stuck in it.
        account.SignOutAsync(hang).GetAwaiter().GetResult();
        Assert.False(File.Exists(home.Home.AuthPath));
    }

    /// <summary>A cloud that takes any token, and knows no refresh token.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(request.RequestUri!.AbsolutePath.Contains("/auth/", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.OK)
            {
                Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            });
    }
}

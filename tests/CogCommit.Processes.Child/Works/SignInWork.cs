using CogCommit.Core.Cloud;

namespace CogCommit.Processes.Child.Works;

/// <summary>Signs in: <c>sign-in &lt;line&gt; &lt;address&gt; &lt;public key&gt; &lt;refresh token&gt;</c>.</summary>
internal static class SignInWork
{
    public static async Task RunAsync(WorkPlace place)
    {
        using var account = place.OpenAccount();
        var user = await account.SignInAsync(
            new SignInRequest { Url = new Uri(place.Text(0)), AnonKey = place.Text(1), RefreshToken = place.Text(2) }, new Nobody(), CancellationToken.None);
        place.Said.Done($"signed in {user.UserId}");
    }

    private sealed class Nobody : ISignInPrompt
    {
        public void ShowAddress(Uri address) => throw new InvalidOperationException("Nobody is here.");

        public Task<string?> ReadPastedAddress(CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody is here.");

        public void OpenBrowser(Uri address) => throw new InvalidOperationException("Nobody is here.");
    }
}

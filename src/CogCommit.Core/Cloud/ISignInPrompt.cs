namespace CogCommit.Core.Cloud;

/// <summary>What signing in needs from whoever stands before the person.</summary>
public interface ISignInPrompt
{
    /// <summary>Shows the address that the person must open.</summary>
    void ShowAddress(Uri address);

    /// <summary>
    /// Waits until the person pastes the address that the browser ended on; null when nobody can paste. Runs while the redirect is
    /// awaited, and is cancelled when that comes.
    /// </summary>
    Task<string?> ReadPastedAddress(CancellationToken cancellationToken);

    /// <summary>Opens the address in the person's browser. May throw: the address was shown before.</summary>
    void OpenBrowser(Uri address);

    /// <summary>Says that whoever was signed in stays so: nobody was asked, and no token was used.</summary>
    void TellStaysSignedIn(CloudUser user)
    {
    }
}

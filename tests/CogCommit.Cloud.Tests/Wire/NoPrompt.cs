using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>Nobody is there, and nobody may be asked.</summary>
internal sealed class NoPrompt : ISignInPrompt
{
    public void ShowAddress(Uri address) => throw new InvalidOperationException();

    public Task<string?> ReadPastedAddress(CancellationToken cancellationToken) => throw new InvalidOperationException();

    public void OpenBrowser(Uri address) => throw new InvalidOperationException();
}

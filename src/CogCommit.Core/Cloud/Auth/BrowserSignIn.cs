namespace CogCommit.Core.Cloud.Auth;

/// <summary>The way through the browser: an address to open, then a code, by loopback or pasted.</summary>
internal sealed class BrowserSignIn(ISignInPrompt prompt, TimeProvider clock)
{
    /// <returns>The code that the redirect brought.</returns>
    public async Task<HiddenText> GetCodeAsync(Uri url, Pkce pkce, bool noBrowser, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var listener = new LoopbackListener(clock);
        using var timeout = new CancellationTokenSource(patience, clock);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var address = AuthApi.AuthorizeAddress(url, listener.Address, pkce);
        prompt.ShowAddress(address);
        if (!noBrowser)
        {
            prompt.OpenBrowser(address);
        }

        try
        {
            var redirect = await FirstOf(listener, until).ConfigureAwait(false);
            return redirect.Code ?? throw new CogCommitException(
                "SignInRefused", $"The sign-in was refused: {redirect.Error}. Nothing was changed; run Connect-CogCommit to try again.", ErrorKind.Unauthorized);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CogCommitException(
                "SignInTimedOut",
                $"Nobody came back from the browser within {patience.TotalMinutes:0.#} minutes. Nothing was changed; run Connect-CogCommit to try again. Where nobody can go to a browser: {CloudAccount.UnattendedWays}",
                ErrorKind.Unavailable);
        }
    }

    private async Task<Redirect> FirstOf(LoopbackListener listener, CancellationTokenSource until)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(until.Token);
        var byLoopback = listener.WaitAsync(done.Token);
        var byPaste = PastedAsync(listener.Address, done.Token);
        try
        {
            return await await Task.WhenAny(byLoopback, byPaste).ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            // The listener's port is free again only after this; the other way may wait for a key that never comes.
            await Task.WhenAny(byLoopback).ConfigureAwait(false);
            _ = byPaste.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        }
    }

    private async Task<Redirect> PastedAsync(Uri waitingAt, CancellationToken cancellationToken)
    {
        var pasted = await prompt.ReadPastedAddress(cancellationToken).ConfigureAwait(false);
        if (pasted is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }

        var read = Uri.TryCreate(pasted!.Trim(), UriKind.Absolute, out var address) ? Redirect.Read(waitingAt, address.PathAndQuery) : null;
        return read ?? throw new CogCommitException(
            "PastedAddressUnknown",
            $"That is not the address this sign-in ends at. It begins with {waitingAt}?code= and stands in the browser's address bar after signing in. Run Connect-CogCommit to try again.",
            ErrorKind.InvalidArgument);
    }
}

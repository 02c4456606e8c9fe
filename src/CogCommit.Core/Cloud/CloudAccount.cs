using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Cloud.Http;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Cloud.Storage;
using CogCommit.Core.Config;
using CogCommit.Core.Store;

namespace CogCommit.Core.Cloud;

/// <summary>Who is signed in, and the way to their cloud.</summary>
public sealed class CloudAccount : IDisposable
{
    private readonly Settings? _settings;
    private readonly TimeProvider _clock;
    private readonly AuthFile _file;
    private readonly HttpClient _client;
    private readonly IReport? _report;

    /// <param name="home">The folder that keeps auth.json.</param>
    /// <param name="settings">Names the cloud where a request does not; null: nothing does.</param>
    /// <param name="handler">Carries the requests; null: the network. It is not disposed.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <param name="report">Hears which requests were made.</param>
    public CloudAccount(CogCommitHome home, Settings? settings, HttpMessageHandler? handler = null, TimeProvider? clock = null, IReport? report = null)
    {
        _report = report;
        _settings = settings;
        _clock = clock ?? TimeProvider.System;
        _file = new AuthFile(home, _clock);
        _client = new HttpClient(handler ?? NewHandler(), disposeHandler: handler is null) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>Null when nobody is signed in.</summary>
    /// <exception cref="CogCommitException">auth.json is damaged.</exception>
    public CloudUser? Current => _file.Read()?.User;

    /// <summary>Signs in, through the person's browser or with a refresh token, and keeps who it was.</summary>
    public Task<CloudUser> SignInAsync(SignInRequest request, ISignInPrompt prompt, CancellationToken cancellationToken) =>
        SignInAsync(request, prompt, static _ => { }, cancellationToken);

    /// <summary>As the other, but asks whether this user is welcome before it keeps who it was.</summary>
    /// <param name="request">Where and how.</param>
    /// <param name="prompt">Shows the person where to sign in.</param>
    /// <param name="admit">May refuse the user by throwing: then who was signed in before stays so.</param>
    /// <param name="cancellationToken">Ends the wait for the browser.</param>
    public async Task<CloudUser> SignInAsync(
        SignInRequest request, ISignInPrompt prompt, Action<CloudUser> admit, CancellationToken cancellationToken)
    {
        var named = request.Url ?? request.Environment?.Url ?? _settings?.SupabaseUrl;
        var url = named is null ? null : CloudAddress.Check(named);
        var anonKey = (request.AnonKey ?? request.Environment?.AnonKey ?? _settings?.SupabaseAnonKey)?.Trim();
        var token = GivenToken.Of(request);

        var kept = _file.ReadAt(url);
        var mayStay = kept is not null && (request.RefreshToken is null ? token is not null || request.Unattended : token!.Began(kept));
        if (mayStay && await AliveAsync(kept!, anonKey, cancellationToken).ConfigureAwait(false) is { } alive)
        {
            admit(alive.User);
            prompt.TellStaysSignedIn(alive.User);
            return alive.User;
        }

        if (token is null && request.Unattended)
        {
            throw NobodyThere(mayStay);
        }

        if (url is null)
        {
            throw Missing("address", "-Url https://<project>.supabase.co", SignInEnvironment.UrlVariable);
        }

        if (string.IsNullOrEmpty(anonKey))
        {
            throw Missing("public key", "-AnonKey <the project's anon or publishable key>", SignInEnvironment.AnonKeyVariable);
        }

        var api = new AuthApi(new CloudHttp(_client, url, anonKey, CloudRetry.ForTokens, _clock, _report), anonKey, _clock);
        if (token is not null)
        {
            var signedIn = await new TokenSignIn(_file, api, url)
                .SignInAsync(token, mayStay ? kept : null, session => AdmitAsync(api, session, admit, cancellationToken), cancellationToken).ConfigureAwait(false);
            return signedIn.User;
        }

        await api.CheckAsync(cancellationToken).ConfigureAwait(false);
        var pkce = Pkce.Create();
        var code = await new BrowserSignIn(prompt, _clock)
            .GetCodeAsync(url, pkce, request.NoBrowser, request.Timeout, cancellationToken).ConfigureAwait(false);
        var session = await api.ExchangeCodeAsync(code, pkce, cancellationToken).ConfigureAwait(false);
        await AdmitAsync(api, session, admit, cancellationToken).ConfigureAwait(false);
        await _file.WriteAsync(session, CancellationToken.None).ConfigureAwait(false);
        return session.User;
    }

    /// <summary>Forgets the sign-in here, and ends it in the cloud.</summary>
    /// <returns>False when the cloud could not be told; the sign-in is forgotten here all the same.</returns>
    public async Task<bool> SignOutAsync(CancellationToken cancellationToken)
    {
        AuthSession? session;
        try
        {
            session = _file.Read();
        }
        catch (CogCommitException e) when (e.ErrorId == "AuthFileDamaged")
        {
            // Nothing in it can be ended; forgetting it is what was asked for.
            session = null;
        }

        await _file.DeleteAsync(cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            return true;
        }

        try
        {
            var api = Api(session);
            if (session.IsExpired(_clock.GetUtcNow()))
            {
                session = await api.RefreshAsync(session.RefreshToken, cancellationToken).ConfigureAwait(false);
            }

            await api.SignOutAsync(session.AccessToken, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CogCommitException e)
        {
            // Either it had ended there already, or the cloud could not be told, for whatever reason: here it is forgotten.
            return e.Kind == ErrorKind.Unauthorized;
        }
    }

    /// <summary>Deletes the user in the cloud, with all that is theirs there, and forgets the sign-in here. The store is not touched.</summary>
    /// <exception cref="CogCommitException">Nobody is signed in, or the cloud did not do it: then the sign-in stays.</exception>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var cloud = Connect();
        // Pictures are no rows: no foreign key takes them along, and nobody but their user can remove them. Rows first: without one no other
        // machine adds another picture.
        await cloud.WipeAsync(dryRun: false, cancellationToken).ConfigureAwait(false);
        await ConnectStorage().RemoveLooseAsync(cancellationToken).ConfigureAwait(false);
        await cloud.DeleteAccountAsync(cancellationToken).ConfigureAwait(false);
        await _file.DeleteAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <exception cref="CogCommitException">Nobody is signed in.</exception>
    public ICloud Connect() => new CloudRpc(SignedIn(new CloudRetry()));

    /// <summary>As <see cref="Connect"/>, for one who only looks: the sign-in is used as it is and never renewed, and nobody waits long.</summary>
    public ICloud ConnectToLook() => new CloudRpc(SignedIn(CloudRetry.ForLooks, renews: false));

    /// <summary>As <see cref="Connect"/>, for one who comes back by himself: a request that fails is soon given up.</summary>
    public ICloud ConnectToWatch() => new CloudRpc(SignedIn(CloudRetry.ForWatching));

    /// <summary>The pictures of the user who is signed in.</summary>
    /// <exception cref="CogCommitException">Nobody is signed in.</exception>
    public ICloudStorage ConnectStorage() => new CloudStorage(SignedIn(CloudRetry.ForPictures));

    private SignedInHttp SignedIn(CloudRetry retry, bool renews = true)
    {
        var session = _file.Read() ?? throw TokenRefresh.NotSignedIn();
        return new SignedInHttp(
            new CloudHttp(_client, session.Url, session.AnonKey, retry, _clock, _report),
            new TokenRefresh(_file, Api, _clock, renews),
            session.UserId);
    }

    /// <summary>Hears of pushes of this user's devices. Tokens are renewed as <see cref="Connect"/> does.</summary>
    /// <exception cref="CogCommitException">Nobody is signed in.</exception>
    public ICloudNudges Listen()
    {
        var session = _file.Read() ?? throw TokenRefresh.NotSignedIn();
        return new CloudNudges(
            new TokenRefresh(_file, Api, _clock), session.Url, session.UserId, _client, _clock, Random.Shared, new ChannelTimes(), _report);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The sign-in that is kept, renewed if it is time; as it is when the cloud cannot be reached, for that ends no sign-in.</summary>
    /// <returns>Null when it has ended.</returns>
    private async Task<AuthSession?> AliveAsync(AuthSession kept, string? anonKey, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(anonKey) && anonKey != kept.AnonKey)
        {
            // A project's public key may be replaced while the sign-in goes on.
            using var hold = await _file.HoldRenewalAsync(cancellationToken).ConfigureAwait(false);
            using var draft = _file.ReserveRenewal();
            await _file.RenewAsync(kept, kept with { AnonKey = anonKey }, draft, CancellationToken.None).ConfigureAwait(false);
        }

        try
        {
            return await new TokenRefresh(_file, Api, _clock).GetAsync(kept.UserId, null, cancellationToken).ConfigureAwait(false);
        }
        catch (CogCommitException ended) when (ended.ErrorId == "SignInEnded")
        {
            return null;
        }
        catch (CogCommitException offline) when (offline.Kind == ErrorKind.Unavailable)
        {
            return kept;
        }
    }

    private static async Task AdmitAsync(AuthApi api, AuthSession session, Action<CloudUser> admit, CancellationToken cancellationToken)
    {
        try
        {
            admit(session.User);
        }
        catch (CogCommitException)
        {
            await ForgetAsync(api, session, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends a session that is not kept. Why it is not is what the person must read, whether this succeeds or not.</summary>
    private static async Task ForgetAsync(AuthApi api, AuthSession session, CancellationToken cancellationToken)
    {
        try
        {
            await api.SignOutAsync(session.AccessToken, cancellationToken).ConfigureAwait(false);
        }
        catch (CogCommitException)
        {
            // It has not been kept anywhere, so it ends there by itself.
        }
    }

    private AuthApi Api(AuthSession session) =>
        new(new CloudHttp(_client, session.Url, session.AnonKey, CloudRetry.ForTokens, _clock, _report), session.AnonKey, _clock);

    // A redirect would carry the token to wherever it points.
    internal static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static CogCommitException Missing(string what, string parameter, string variable) => new(
        "CloudNotNamed",
        $"The cloud's {what} is not known. Name it with Connect-CogCommit {parameter}, or in the variable {variable}; docs/cloud-setup.md says where to find it.",
        ErrorKind.InvalidArgument);

    private static CogCommitException NobodyThere(bool keptEnded) => new(
        "NobodyToSignIn",
        $"Nobody is here to sign in: this PowerShell is not interactive. {(keptEnded ? "The sign-in that was kept here has ended. " : "")}Nothing was changed. {UnattendedWays}",
        ErrorKind.Unauthorized);

    /// <summary>What to type where nobody can go to a browser.</summary>
    public const string UnattendedWays =
        $"Put a refresh token in the variable {SignInEnvironment.RefreshTokenVariable}, give one with Connect-CogCommit -RefreshToken (Get-Secret <name>), "
        + "or run Connect-CogCommit -NoBrowser once as this user in a console: that sign-in is kept. docs/automation.md tells more.";
}

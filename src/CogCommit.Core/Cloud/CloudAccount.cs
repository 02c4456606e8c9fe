using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Cloud.Http;
using CogCommit.Core.Config;
using CogCommit.Core.Store;

namespace CogCommit.Core.Cloud;

/// <summary>Who is signed in, and the way to their cloud.</summary>
public sealed class CloudAccount : IDisposable
{
    private readonly CogCommitHome _home;
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
        _home = home;
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
        var url = CloudAddress.Check(request.Url ?? _settings?.SupabaseUrl ?? throw Missing("address", "-Url https://<project>.supabase.co"));
        var anonKey = (request.AnonKey ?? _settings?.SupabaseAnonKey)?.Trim();
        if (string.IsNullOrEmpty(anonKey))
        {
            throw Missing("public key", "-AnonKey <the project's anon or publishable key>");
        }

        var api = new AuthApi(new CloudHttp(_client, url, anonKey, CloudRetry.ForTokens, _clock, _report), anonKey, _clock);
        AuthSession session;
        if (request.RefreshToken is { } refreshToken)
        {
            session = await api.RefreshAsync(new HiddenText(refreshToken), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await api.CheckAsync(cancellationToken).ConfigureAwait(false);
            var pkce = Pkce.Create();
            var code = await new BrowserSignIn(prompt, _clock)
                .GetCodeAsync(url, pkce, request.NoBrowser, request.Timeout, cancellationToken).ConfigureAwait(false);
            session = await api.ExchangeCodeAsync(code, pkce, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            admit(session.User);
        }
        catch (CogCommitException)
        {
            await ForgetAsync(api, session, cancellationToken).ConfigureAwait(false);
            throw;
        }

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
        await Connect().DeleteAccountAsync(cancellationToken).ConfigureAwait(false);
        await _file.DeleteAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <exception cref="CogCommitException">Nobody is signed in.</exception>
    public ICloud Connect()
    {
        var session = _file.Read() ?? throw TokenRefresh.NotSignedIn();
        return new CloudRpc(
            new CloudHttp(_client, session.Url, session.AnonKey, new CloudRetry(), _clock, _report),
            new TokenRefresh(_home, _file, Api, _clock),
            session.UserId);
    }

    /// <summary>As <see cref="Connect"/>, for one who only looks: the sign-in is used as it is and never renewed, and nobody waits long.</summary>
    public ICloud ConnectToLook()
    {
        var session = _file.Read() ?? throw TokenRefresh.NotSignedIn();
        return new CloudRpc(
            new CloudHttp(_client, session.Url, session.AnonKey, CloudRetry.ForLooks, _clock, _report),
            new TokenRefresh(_home, _file, Api, _clock, renews: false),
            session.UserId);
    }

    public void Dispose() => _client.Dispose();

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

    private static CogCommitException Missing(string what, string parameter) => new(
        "CloudNotNamed",
        $"The cloud's {what} is not known. Name it with Connect-CogCommit {parameter}; docs/cloud-setup.md says where to find it.",
        ErrorKind.InvalidArgument);
}

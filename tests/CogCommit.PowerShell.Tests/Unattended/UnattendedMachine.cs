using System.Text.Json;
using System.Text.RegularExpressions;
using CogCommit.Cloud.Tests;
using CogCommit.Cloud.Tests.Network;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Unattended;

/// <summary>A machine where nobody sits: its cloud and its token stand in the environment, and what it says to the cloud is counted.</summary>
internal sealed partial class UnattendedMachine : IAsyncDisposable
{
    public const string Url = "COGCOMMIT_SUPABASE_URL";
    public const string AnonKey = "COGCOMMIT_SUPABASE_ANON_KEY";
    public const string Token = "COGCOMMIT_REFRESH_TOKEN";

    private readonly LocalCloud _cloud;
    private FaultyProxy? _proxy;

    public UnattendedMachine(LocalCloud cloud)
    {
        _cloud = cloud;
        _proxy = new FaultyProxy(cloud.Url, TimeProvider.System);
        Variables[Url] = _proxy.Url.AbsoluteUri;
        Variables[AnonKey] = cloud.AnonKey;
        Variables[Token] = null;
    }

    public BareEngine Engine { get; } = new();

    public Variables Variables { get; } = new();

    public FaultyProxy Proxy => _proxy!;

    public string User { get; } = "u" + Guid.NewGuid().ToString("N")[..8];

    public string AuthPath => Path.Combine(Engine.Home, "auth.json");

    /// <summary>The tokens that were sent to be exchanged, in order.</summary>
    public IReadOnlyList<string> Sent =>
        [.. Proxy.Requests.Where(request => request.IsGrant).Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("refresh_token").GetString()!)];

    /// <summary>One that nobody used yet.</summary>
    public async Task<string> NewTokenAsync(string? user = null) =>
        (await WireSignIn.GrantAsync(_cloud.Url, _cloud.AnonKey, _cloud.Secret, user ?? User)).GetProperty("refresh_token").GetString()!;

    /// <summary>An hour passes: the access token's time is over.</summary>
    public void AnHourPasses() => File.WriteAllText(AuthPath, ExpiresAt().Replace(File.ReadAllText(AuthPath), "$1\"2020"));

    /// <summary>The sign-in that is kept here ends: signed out elsewhere, or used up by a copy.</summary>
    public void SignInEnds()
    {
        AnHourPasses();
        File.WriteAllText(AuthPath, RefreshToken().Replace(File.ReadAllText(AuthPath), "$1\"ended"));
    }

    public async Task UnplugAsync()
    {
        await Proxy.DisposeAsync();
        _proxy = null;
    }

    public async ValueTask DisposeAsync()
    {
        Variables.Dispose();
        Engine.Dispose();
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    [GeneratedRegex("(\"expires_at\": )\"20\\d\\d")]
    private static partial Regex ExpiresAt();

    [GeneratedRegex("(\"refresh\": )\"[^\"]{5}")]
    private static partial Regex RefreshToken();
}

using System.Collections;
using System.Net;
using System.Security;
using System.Text.Json;
using System.Text.RegularExpressions;
using CogCommit.Cloud.Tests;
using CogCommit.Cloud.Tests.Network;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Secrets;

/// <summary>
/// A machine with a history, whose way to the cloud leads through a proxy, and somebody who sees everything. The secrets are learned from
/// auth.json and from the wire itself.
/// </summary>
internal sealed partial class SecretScene : IAsyncDisposable
{
    private const string TemporaryFolder = "TMPDIR";

    private readonly LocalCloud _cloud;
    private readonly BareEngine _engine = new();
    private readonly Witness _witness = new();
    private readonly FaultyProxy _proxy;
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];
    private readonly string? _temporary = Environment.GetEnvironmentVariable(TemporaryFolder);
    private readonly List<(string Run, string Seen)> _seen = [];
    private readonly Needles _publicKey = new();
    private string _transcripts = "";
    private Task? _browsing;

    private SecretScene(LocalCloud cloud)
    {
        _cloud = cloud;
        _proxy = new FaultyProxy(cloud.Url, TimeProvider.System);
        Secrets.Add("the secret of the sign-in page", cloud.Secret);
        _publicKey.Add("the public key", cloud.AnonKey);
        _witness.OnInformation = shown =>
        {
            if (Address().Match(shown) is { Success: true } address)
            {
                _browsing = new Browser(cloud, _user).SignInAsync(new Uri(address.Value));
            }
        };
    }

    public Needles Secrets { get; } = new();

    public string Home => _engine.Home;

    public string AuthPath => Path.Combine(Home, "auth.json");

    public int Runs => _seen.Count;

    public int Faults => _proxy.Faults;

    public int Errors => _witness.Errors;

    public string Folder => Path.Combine(_engine.Folder, "out");

    public static async Task<SecretScene> StartAsync(LocalCloud cloud)
    {
        var scene = new SecretScene(cloud);
        Environment.SetEnvironmentVariable(TemporaryFolder, Directory.CreateDirectory(Path.Combine(scene._engine.Folder, "tmp")).FullName);
        Directory.CreateDirectory(scene.Folder);
        scene._transcripts = History.Write(scene._engine.Folder);
        scene._witness.Run(
            """
            Import-Module $manifest
            $global:PSDefaultParameterValues = @{ '*-CogCommit*:Verbose' = $true; '*-CogCommit*:Debug' = $true }
            $global:VerbosePreference = $global:DebugPreference = $global:InformationPreference = 'Continue'
            $global:ConfirmPreference = 'None'
            $null = Import-CogCommit $transcripts
            Set-CogCommitConfig supabase-url $url
            Set-CogCommitConfig supabase-anon-key $key
            """,
            ("manifest", RepositoryRoot.Manifest),
            ("transcripts", scene._transcripts),
            ("folder", scene.Folder),
            ("url", scene._proxy.Url),
            ("key", cloud.AnonKey));
        scene._witness.Run("$global:key = $null");
        // To set the key is to say it.
        var seen = scene._witness.TakeSeen();
        Assert.True(scene.Errors == 0, seen);
        await scene.SignInAsync();
        return scene;
    }

    /// <summary>Anew, with tokens of this time alone; by force, for the account may have been deleted meanwhile, and this be another one.</summary>
    public async Task SignInAsync()
    {
        _proxy.Heal();
        File.Delete(AuthPath);
        var errors = Errors;
        _witness.Run("$null = Connect-CogCommit -Force -RefreshToken $refreshToken", ("refreshToken", await NewRefreshTokenAsync()));
        Assert.True(errors == Errors, $"Nobody could sign in: {_witness.LastError}");
        Learn();
    }

    /// <summary>Runs a script while the network is as it is said to be.</summary>
    public async Task RunAsync(string name, string script, BadNetwork? network = null)
    {
        _proxy.Forget();
        // The person's browser is on another network than the cmdlet.
        _proxy.Script = request => request.Header("User-Agent")?.StartsWith("CogCommit", StringComparison.Ordinal) == true ? network?.Script(request) : null;
        _witness.Run(script, ("refreshToken", script.Contains("$refreshToken", StringComparison.Ordinal) ? await NewRefreshTokenAsync() : null));
        if (_browsing is not null)
        {
            await _browsing;
            _browsing = null;
        }

        _seen.Add((name, _witness.TakeSeen()));
        Learn();
        Assert.All(_proxy.Requests, request => Assert.Null(Secrets.FindIn(request.Target)));
    }

    /// <summary>Makes the access token's time be over.</summary>
    public void ExpireToken() => File.WriteAllText(AuthPath, ExpiresAt().Replace(File.ReadAllText(AuthPath), "$1\"2020"));

    /// <summary>As after a crash of something that writes less carefully: cut off in the middle of a token.</summary>
    public void TearAuthFile()
    {
        var text = File.ReadAllText(AuthPath);
        File.WriteAllText(AuthPath, text[..(text.IndexOf("\"access\"", StringComparison.Ordinal) + 60)]);
    }

    /// <returns>Where a secret was found; empty when it was nowhere.</returns>
    public IReadOnlyList<string> Look(bool publicKeyToo)
    {
        List<string> found = [];
        foreach (var (run, seen) in _seen)
        {
            AddTo(found, $"run with {run}", Secrets.FindIn(seen) ?? (publicKeyToo ? _publicKey.FindIn(seen) : null));
        }

        foreach (var file in Directory.EnumerateFiles(_engine.Folder, "*", SearchOption.AllDirectories).Where(file => file != AuthPath && HoldsSomething(file)))
        {
            var bytes = File.ReadAllBytes(file);
            // The settings are where the public key is kept.
            AddTo(found, file, Secrets.FindIn(bytes) ?? (Path.GetFileName(file) == "config.json" ? null : _publicKey.FindIn(bytes)));
        }

        AddTo(found, "the command line", Secrets.FindIn(Environment.CommandLine) ?? _publicKey.FindIn(Environment.CommandLine));
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            AddTo(found, $"the variable {variable.Key}", Secrets.FindIn($"{variable.Value}") ?? _publicKey.FindIn($"{variable.Value}"));
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(TemporaryFolder, _temporary);
        _witness.Dispose();
        _engine.Dispose();
        await _proxy.DisposeAsync();
    }

    private async Task<SecureString> NewRefreshTokenAsync()
    {
        var grant = await WireSignIn.GrantAsync(_cloud.Url, _cloud.AnonKey, _cloud.Secret, _user);
        LearnFrom(grant);
        return new NetworkCredential("", grant.GetProperty("refresh_token").GetString()).SecurePassword;
    }

    private void Learn()
    {
        foreach (var request in _proxy.Requests)
        {
            // Before somebody is signed in the public key stands there.
            var bearer = request.Header("Authorization")?.Split(' ')[^1];
            Secrets.Add("an access token", bearer == _cloud.AnonKey ? null : bearer);
            if (request.IsGrant)
            {
                LearnFrom(JsonDocument.Parse(request.Body).RootElement);
            }
        }

        foreach (var grant in _proxy.Grants.Where(grant => grant.Status == 200))
        {
            LearnFrom(JsonDocument.Parse(grant.Body).RootElement);
        }

        if (File.Exists(AuthPath) && Tokens().Match(File.ReadAllText(AuthPath)) is { Success: true } tokens)
        {
            Secrets.Add("the access token kept", tokens.Groups[1].Value);
            Secrets.Add("the refresh token kept", tokens.Groups[2].Value);
        }
    }

    private void LearnFrom(JsonElement said)
    {
        foreach (var name in (string[])["access_token", "refresh_token", "auth_code", "code_verifier"])
        {
            Secrets.Add(name, said.TryGetProperty(name, out var value) ? value.GetString() : null);
        }
    }

    /// <summary>
    /// A daemon that is ending still has pipes and sockets in the temporary folder, its debugger's and PowerShell's: they have no length, they
    /// may be gone in the next moment, and whoever opens such a pipe to read waits for a writer who never comes.
    /// </summary>
    private static bool HoldsSomething(string file) => new FileInfo(file) is { Exists: true, Length: > 0 };

    private static void AddTo(List<string> found, string where, string? what)
    {
        if (what is not null)
        {
            found.Add($"{where}: {what}");
        }
    }

    [GeneratedRegex(@"https?://\S+/authorize\S*")]
    private static partial Regex Address();

    [GeneratedRegex("(\"expires_at\": )\"20\\d\\d")]
    private static partial Regex ExpiresAt();

    [GeneratedRegex("\"access\": \"([^\"]+)\",\\s*\"refresh\": \"([^\"]+)\"")]
    private static partial Regex Tokens();
}

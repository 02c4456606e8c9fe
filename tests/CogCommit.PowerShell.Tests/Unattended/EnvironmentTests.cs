using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Unattended;

/// <summary>Signing in by the environment, again and again by the same line.</summary>
public sealed class EnvironmentTests(LocalCloud cloud) : IAsyncDisposable
{
    private readonly UnattendedMachine _machine = new(cloud);

    [Fact]
    public async Task The_environment_alone_signs_in()
    {
        _machine.Variables[UnattendedMachine.Token] = $" {await _machine.NewTokenAsync()}\n";

        var identity = _machine.Engine.Run("Connect-CogCommit -MachineName nightly").Fine().One;

        Assert.Equal((_machine.User, "nightly"), (identity.Get<string>("UserName"), identity.Get<string>("MachineName")));
        _machine.Engine.Run("Import-CogCommit $args[0]", History.Write(_machine.Engine.Folder)).Fine();
        Assert.Equal(4, _machine.Engine.Run("Sync-CogCommit").Fine().One.Get<int>("Pushed"));
    }

    [Fact]
    public async Task The_next_run_goes_on_and_does_not_send_the_spent_token_again()
    {
        var token = await _machine.NewTokenAsync();
        _machine.Variables[UnattendedMachine.Token] = token;
        _machine.Engine.Run("Connect-CogCommit").Fine();

        Assert.Equal(_machine.User, Verbose("Connect-CogCommit -Verbose", out var said).Get<string>("UserName"));
        Assert.Contains("no refresh token was used", said, StringComparison.Ordinal);
        Assert.Equal([token], _machine.Sent);

        _machine.AnHourPasses();
        _machine.Engine.Run("Connect-CogCommit").Fine();
        Assert.Equal(2, _machine.Sent.Count);
        Assert.NotEqual(token, _machine.Sent[1]);
        Assert.Equal("completed", _machine.Engine.Run("Sync-CogCommit").Fine().One.Get<string>("Status"));
    }

    [Fact]
    public async Task Without_a_network_the_next_run_goes_on_and_syncs_nothing()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit").Fine();
        _machine.AnHourPasses();
        await _machine.UnplugAsync();

        Assert.True(_machine.Engine.Run("Connect-CogCommit").Fine().One.Get<bool>("SignedIn"));
        var synced = _machine.Engine.Run("Sync-CogCommit").Fine();

        Assert.Equal("offline", synced.One.Get<string>("Status"));
        Assert.Single(synced.Warnings);
        Assert.True(File.Exists(_machine.AuthPath));
    }

    [Fact]
    public async Task When_the_sign_in_has_ended_and_the_token_is_spent_it_says_exactly_what_to_do()
    {
        var token = await _machine.NewTokenAsync();
        _machine.Variables[UnattendedMachine.Token] = token;
        _machine.Engine.Run("Connect-CogCommit").Fine();
        _machine.SignInEnds();

        var error = _machine.Engine.Run("Connect-CogCommit").OneError();

        Assert.Equal(("SignInRefused", ErrorCategory.AuthenticationError), (error.Id(), error.CategoryInfo.Category));
        foreach (var said in new[] { "COGCOMMIT_REFRESH_TOKEN", "works once", "has ended too", "Put a fresh token there", "Connect-CogCommit -NoBrowser" })
        {
            Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(token, error.ToString() + error.Exception, StringComparison.Ordinal);
        // A spent token that is sent again would end a session that somebody else may still have.
        Assert.Single(_machine.Sent, sent => sent == token);
    }

    [Fact]
    public async Task A_fresh_token_there_mends_a_sign_in_that_has_ended()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit").Fine();
        _machine.SignInEnds();
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();

        _machine.Engine.Run("Connect-CogCommit").Fine();

        Assert.Equal("completed", _machine.Engine.Run("Sync-CogCommit").Fine().One.Get<string>("Status"));
    }

    [Fact]
    public async Task A_damaged_sign_in_is_replaced()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        Directory.CreateDirectory(_machine.Engine.Home);
        File.WriteAllText(_machine.AuthPath, "{");

        Assert.Equal(_machine.User, _machine.Engine.Run("Connect-CogCommit").Fine().One.Get<string>("UserName"));
    }

    [Fact]
    public async Task Two_that_start_at_once_with_one_token_both_go_on()
    {
        var token = await _machine.NewTokenAsync();
        _machine.Variables[UnattendedMachine.Token] = token;
        using var meeting = new Barrier(2);
        string Connect()
        {
            using var runspace = BareEngine.NewRunspace();
            BareEngine.RunIn(runspace, "Import-Module $args[0]", RepositoryRoot.Manifest).Fine();
            meeting.SignalAndWait();
            return BareEngine.RunIn(runspace, "Connect-CogCommit").Fine().One.Get<string>("UserName");
        }

        Assert.Equal([_machine.User, _machine.User], await Task.WhenAll(Task.Run(Connect), Task.Run(Connect)));
        Assert.Equal([token], _machine.Sent);
    }

    [Fact]
    public async Task A_parameter_stands_before_the_environment_and_that_before_the_settings()
    {
        var right = (_machine.Proxy.Url.AbsoluteUri, cloud.AnonKey);
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();

        _machine.Engine.Run("Set-CogCommitConfig supabase-url https://setting.invalid; Set-CogCommitConfig supabase-anon-key setting").Fine();
        Assert.Equal(right.AbsoluteUri, _machine.Engine.Run("Connect-CogCommit").Fine().One.Get<Uri>("Url").AbsoluteUri);

        _machine.Engine.Run("$null = Disconnect-CogCommit").Fine();
        _machine.Variables[UnattendedMachine.Url] = "https://environment.invalid";
        _machine.Variables[UnattendedMachine.AnonKey] = "environment";
        _machine.Variables[UnattendedMachine.Token] = "spent-or-never-there";
        var identity = _machine.Engine.Run(
            "Connect-CogCommit $args[0] $args[1] -RefreshToken $args[2]", right.AbsoluteUri, right.AnonKey, await _machine.NewTokenAsync()).Fine().One;
        Assert.Equal(right.AbsoluteUri, identity.Get<Uri>("Url").AbsoluteUri);

        _machine.Engine.Run("$null = Disconnect-CogCommit").Fine();
        _machine.Variables[UnattendedMachine.Url] = null;
        _machine.Variables[UnattendedMachine.AnonKey] = " ";
        _machine.Engine.Run("Set-CogCommitConfig supabase-url $args[0]; Set-CogCommitConfig supabase-anon-key $args[1]", right.AbsoluteUri, right.AnonKey).Fine();
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        Assert.Equal(right.AbsoluteUri, _machine.Engine.Run("Connect-CogCommit").Fine().One.Get<Uri>("Url").AbsoluteUri);
    }

    [Fact]
    public async Task A_wrong_address_there_is_called_by_the_variables_name()
    {
        _machine.Variables[UnattendedMachine.Url] = "cloud";
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();

        var error = _machine.Engine.Run("Connect-CogCommit").OneError();

        Assert.Equal("InvalidCloudUrl", error.Id());
        Assert.Contains("COGCOMMIT_SUPABASE_URL", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_named_with_its_variable()
    {
        _machine.Variables[UnattendedMachine.AnonKey] = "";
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();

        var error = _machine.Engine.Run("Connect-CogCommit").OneError();

        Assert.Equal("CloudNotNamed", error.Id());
        Assert.Contains("COGCOMMIT_SUPABASE_ANON_KEY", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_machine.Sent);
    }

    [Fact]
    public async Task A_new_public_key_there_takes_the_place_of_the_kept_one()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit").Fine();
        _machine.Variables[UnattendedMachine.AnonKey] = "another";

        _machine.Engine.Run("Connect-CogCommit").Fine();

        Assert.Contains("\"anon_key\": \"another\"", File.ReadAllText(_machine.AuthPath), StringComparison.Ordinal);
        Assert.Single(_machine.Sent);
    }

    [Fact]
    public async Task A_store_of_another_user_is_refused_and_nothing_is_kept()
    {
        _machine.Engine.Run("Import-CogCommit $args[0]", History.Write(_machine.Engine.Folder)).Fine();
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit; Sync-CogCommit; Disconnect-CogCommit").Fine();
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync(_machine.User + "2");

        Assert.Equal("OtherOwner", _machine.Engine.Run("Connect-CogCommit").OneError().Id());
        Assert.False(File.Exists(_machine.AuthPath));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_no_token()
    {
        var token = await _machine.NewTokenAsync();
        _machine.Variables[UnattendedMachine.Token] = token;
        _machine.Engine.Run("$null = Get-CogCommitIdentity").Fine();
        // Where the answer would be written there is a folder already: it can be neither deleted as a file nor opened.
        var inTheWay = Directory.CreateDirectory(_machine.AuthPath + ".refresh.new");

        Assert.Equal("SignInNotWritable", _machine.Engine.Run("Connect-CogCommit").OneError().Id());
        Assert.Empty(_machine.Sent);

        inTheWay.Delete();
        _machine.Engine.Run("Connect-CogCommit").Fine();
        Assert.Equal([token], _machine.Sent);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    private PSObject Verbose(string script, out string said)
    {
        var messages = new List<string>();
        var outcome = _machine.Engine.Watch(
            shell => shell.Streams.Verbose.DataAdded += (_, added) => messages.Add(shell.Streams.Verbose[added.Index].Message), script);
        said = string.Join('\n', messages);
        return outcome.Fine().One;
    }
}

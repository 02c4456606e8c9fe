using System.Management.Automation;
using System.Net;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Unattended;

/// <summary>A refresh token as vaults give it.</summary>
public sealed class RefreshTokenTests(LocalCloud cloud) : IAsyncDisposable
{
    private readonly UnattendedMachine _machine = new(cloud);

    [Theory]
    [InlineData("Connect-CogCommit -RefreshToken $args[0]")]
    [InlineData("Connect-CogCommit -RefreshToken $args[1]")]
    [InlineData("Connect-CogCommit -RefreshToken $args[2]")]
    [InlineData("$args[0] | Connect-CogCommit")]
    [InlineData("$args[1] | Connect-CogCommit")]
    [InlineData("$args[2] | Connect-CogCommit")]
    public async Task A_SecureString_a_credential_and_a_text_sign_in_by_name_and_from_the_pipeline(string script)
    {
        var token = await _machine.NewTokenAsync();
        var secure = new NetworkCredential("", token).SecurePassword;

        var identity = _machine.Engine.Run(script, secure, token, new PSCredential("whoever", secure)).Fine().One;

        Assert.Equal(_machine.User, identity.Get<string>("UserName"));
        Assert.Equal([token], _machine.Sent);
    }

    [Fact]
    public async Task Given_again_the_sign_in_that_it_began_goes_on()
    {
        var token = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit -RefreshToken $args[0]", token).Fine();
        _machine.AnHourPasses();

        Assert.Equal(_machine.User, _machine.Engine.Run("Connect-CogCommit -RefreshToken $args[0]", token).Fine().One.Get<string>("UserName"));

        Assert.Equal(token, _machine.Sent[0]);
        Assert.DoesNotContain(token, _machine.Sent.Skip(1));
    }

    [Fact]
    public async Task Another_one_is_used_whoever_is_signed_in()
    {
        _machine.Engine.Run("Connect-CogCommit -RefreshToken $args[0]", await _machine.NewTokenAsync()).Fine();
        var other = await _machine.NewTokenAsync(_machine.User + "2");

        Assert.Equal(_machine.User + "2", _machine.Engine.Run("Connect-CogCommit -Force -RefreshToken $args[0]", other).Fine().One.Get<string>("UserName"));
    }

    [Fact]
    public async Task When_what_it_began_has_ended_it_is_not_sent_again_and_a_fresh_one_is_asked_for()
    {
        var token = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit -RefreshToken $args[0]", token).Fine();
        _machine.SignInEnds();

        var error = _machine.Engine.Run("Connect-CogCommit -RefreshToken $args[0]", token).OneError();

        Assert.Equal("SignInRefused", error.Id());
        Assert.Contains("Give a fresh token", error.ToString(), StringComparison.Ordinal);
        Assert.Single(_machine.Sent, sent => sent == token);
    }

    [Theory]
    [InlineData("Connect-CogCommit -RefreshToken $args[0]")]
    [InlineData("$args[0] | Connect-CogCommit")]
    public void A_wrong_kind_is_refused_without_saying_what_it_was(string script)
    {
        var error = _machine.Engine.Run(script, new System.Collections.Hashtable { ["token"] = "once-upon-a-time" }).OneError();

        Assert.Contains("Hashtable", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("once-upon", error.ToString() + error.Exception, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect-CogCommit -RefreshToken ''", "RefreshTokenEmpty")]
    [InlineData("Connect-CogCommit -RefreshToken ([securestring]::new())", "RefreshTokenEmpty")]
    [InlineData("Connect-CogCommit -RefreshToken $null", "ParameterArgumentTransformationError")]
    public void An_empty_one_is_refused_before_anybody_is_asked(string script, string errorId)
    {
        var error = _machine.Engine.Run(script).OneError();

        Assert.Equal(errorId, error.Id());
        Assert.Contains("its secret exists", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_machine.Proxy.Requests);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();
}

using System.Text.RegularExpressions;
using CogCommit.Cloud.Tests.Network;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>The script that every scheduler runs: one line, and a code for each outcome.</summary>
public sealed partial class HourlyTests(LocalCloud cloud) : IAsyncDisposable
{
    private readonly UnattendedMachine _machine = new(cloud);

    [Fact]
    public async Task It_signs_in_captures_and_syncs_and_an_hour_later_goes_on()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        WriteTranscripts();

        var first = Run();
        Assert.Equal(0, first.Code);
        Assert.Matches(Line(), first.Said);
        Assert.EndsWith("completed: 10 turns captured; 4 commits pushed, 0 pulled, 0 refused, 0 over the limit", first.Said, StringComparison.Ordinal);

        _machine.AnHourPasses();
        var second = Run();
        Assert.Equal(0, second.Code);
        Assert.EndsWith("completed: 0 turns captured; 0 commits pushed, 0 pulled, 0 refused, 0 over the limit", second.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_is_2_and_what_was_captured_stays()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        Assert.Equal(0, Run().Code);
        WriteTranscripts();
        await _machine.UnplugAsync();

        var (code, said) = Run();

        Assert.Equal(2, code);
        Assert.Contains("offline: 10 turns captured", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_cloud_refuses_is_3()
    {
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        WriteTranscripts();
        _machine.Proxy.Script = request => request.IsPush ? Fault.Json(400, """{"code":"22P05","message":"unsupported"}""") : null;

        var (code, said) = Run();

        Assert.Equal(3, code);
        Assert.Contains("incomplete:", said, StringComparison.Ordinal);
        Assert.Contains("4 refused", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_ends_it_before_it_says_that_it_is_done()
    {
        var outcome = _machine.Engine.Run("& $args[0]", Recipe.Named("hourly.ps1").WriteTo(_machine.Engine.Folder));

        Assert.Empty(outcome.Output);
        Assert.StartsWith("NobodyToSignIn", outcome.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    private void WriteTranscripts() => History.Write(Path.Combine(_machine.Engine.Folder, "claude"));

    private (int Code, string Said) Run()
    {
        var output = _machine.Engine.Run("& $args[0]; $LASTEXITCODE", Recipe.Named("hourly.ps1").WriteTo(_machine.Engine.Folder)).Fine().Output;
        Assert.Equal(2, output.Count);
        return ((int)output[1].BaseObject, output[0].ToString());
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \w+: ")]
    private static partial Regex Line();
}

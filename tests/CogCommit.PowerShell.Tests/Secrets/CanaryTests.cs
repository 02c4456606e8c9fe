using CogCommit.PowerShell.Tests.Engine;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests.Secrets;

/// <summary>The test of secrets can fail: what a script leaks on purpose, in whatever way, is found.</summary>
public sealed class CanaryTests(LocalCloud cloud)
{
    private const string Leak = """
        function Leak
        {
            [CmdletBinding(SupportsShouldProcess)] param()
            $token = [regex]::Match([IO.File]::ReadAllText("$env:COGCOMMIT_HOME/auth.json"), '"access": "([^"]+)"').Groups[1].Value
            $refresh = [regex]::Match([IO.File]::ReadAllText("$env:COGCOMMIT_HOME/auth.json"), '"refresh": "([^"]+)"').Groups[1].Value
            HERE
        }
        Leak
        """;

    [Theory]
    [InlineData("$token")]
    [InlineData("@{ a = @{ b = $token } }")]
    [InlineData("[pscustomobject]@{ a = 1 }; [pscustomobject]@{ a = @{ b = @{ c = $token } } }")]
    [InlineData("$PSCmdlet.WriteVerbose($token)")]
    [InlineData("$PSCmdlet.WriteDebug($token)")]
    [InlineData("$PSCmdlet.WriteWarning($refresh)")]
    [InlineData("$PSCmdlet.WriteInformation($token, @())")]
    [InlineData("$PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'working', $refresh))")]
    [InlineData("$PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('no'), 'No', 0, $token))")]
    [InlineData("$PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('no', [Exception]::new($token)), 'No', 0, $null))")]
    [InlineData("$e = [Exception]::new('no'); $e.Data['why'] = $refresh; throw $e")]
    [InlineData("try { throw $token } catch { }")]
    [InlineData("$null = [Uri]::EscapeDataString($token) | ForEach-Object { $PSCmdlet.WriteVerbose('x=' + $_) }")]
    [InlineData("[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('Bearer ' + $token))")]
    [InlineData("[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('r:' + $refresh + ':r'))")]
    [InlineData("$token.Split('.')[1]")]
    [InlineData("$token.Split('.')[2]")]
    [InlineData("[IO.File]::WriteAllText(\"$env:COGCOMMIT_HOME/log.txt\", 'token ' + $token)")]
    [InlineData("[IO.File]::WriteAllText([IO.Path]::GetTempFileName(), $refresh, [Text.Encoding]::Unicode)")]
    [InlineData("[IO.File]::Copy(\"$env:COGCOMMIT_HOME/auth.json\", \"$folder/auth.json\")")]
    [InlineData("$host.UI.WriteLine($token)")]
    [InlineData("$null = $PSCmdlet.ShouldProcess($refresh)", "Leak -WhatIf")]
    public async Task A_token_that_gets_out_is_found(string leak, string call = "Leak")
    {
        await using var scene = await SecretScene.StartAsync(cloud);
        Assert.Empty(scene.Look(publicKeyToo: true));
        await scene.RunAsync("a leak", Leak.Replace("HERE", leak, StringComparison.Ordinal) + "\n" + call);
        Assert.NotEmpty(scene.Look(publicKeyToo: true));
    }

    [Fact]
    public async Task A_title_that_holds_a_token_is_found_in_the_store_and_in_what_is_exported()
    {
        await using var scene = await SecretScene.StartAsync(cloud);
        await scene.RunAsync("a leak", Leak.Replace(
            "HERE", "Get-CogCommit -Project harbour | Set-CogCommit -Title $refresh; Export-CogCommit -Format Html -Path \"$folder/out.html\"", StringComparison.Ordinal));
        var found = scene.Look(publicKeyToo: true);
        Assert.Contains(found, where => where.Contains("data.db", StringComparison.Ordinal));
        Assert.Contains(found, where => where.Contains("out.html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pipe_in_the_folder_is_not_waited_for()
    {
        await using var scene = await SecretScene.StartAsync(cloud);
        await NamedPipe.MakeAsync(Path.Combine(scene.Folder, "clr-debug-pipe-1-2-in"));
        Assert.Empty(await NamedPipe.NotWaitedForAsync(() => scene.Look(publicKeyToo: true)));
    }

    [Fact]
    public async Task The_public_key_and_the_secret_of_the_sign_in_page_are_looked_for_too()
    {
        await using var scene = await SecretScene.StartAsync(cloud);
        await scene.RunAsync("a leak", "Get-CogCommitConfig supabase-anon-key");
        Assert.Single(scene.Look(publicKeyToo: true));
        Assert.Empty(scene.Look(publicKeyToo: false));
        await scene.RunAsync("another", $"'{cloud.Secret}'");
        Assert.Single(scene.Look(publicKeyToo: false));
    }
}

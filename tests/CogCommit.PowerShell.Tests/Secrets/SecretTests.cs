using System.Management.Automation;
using CogCommit.Cloud.Tests.Network;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests.Secrets;

/// <summary>
/// Every cmdlet, with -Verbose and -Debug, in success and in each failure: no token, key, code or password is in any stream, on the screen,
/// in any exception thrown anywhere in the process, in any file but auth.json, in an address that was asked for, or in the command line.
/// </summary>
public sealed class SecretTests(LocalCloud cloud)
{
    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var index = 0; index < SecretCase.All.Count; index++)
            {
                cases.Add(index, SecretCase.All[index].Command);
            }

            return cases;
        }
    }

    [Fact]
    public void Every_command_of_the_manifest_has_its_line()
    {
        using var engine = new BareEngine();
        var exported = engine.Run("(Test-ModuleManifest $args[0]).ExportedCommands.Values", RepositoryRoot.Manifest).Output
            .Select(command => (CommandInfo)command.BaseObject)
            .Where(command => command.CommandType != CommandTypes.Alias)
            .Select(command => command.Name)
            .Order(StringComparer.Ordinal);
        Assert.Equal(exported, SecretCase.All.Select(line => line.Command).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_secret_comes_out(int index, string command)
    {
        var line = SecretCase.All[index];
        Assert.Equal(command, line.Command);
        await using var scene = await SecretScene.StartAsync(cloud);
        await scene.RunAsync("nothing wrong", line.Script);
        if (line.Cloud)
        {
            foreach (var network in BadNetwork.All)
            {
                await scene.SignInAsync();
                await scene.RunAsync(network.Name, line.Script, network);
                if (!line.Renews)
                {
                    continue;
                }

                if (!File.Exists(scene.AuthPath))
                {
                    await scene.SignInAsync();
                }

                scene.ExpireToken();
                await scene.RunAsync($"{network.Name}, and the token's time over", line.Script, network);
            }

            Assert.InRange(scene.Faults, BadNetwork.All.Count, int.MaxValue);
        }

        await scene.SignInAsync();
        scene.TearAuthFile();
        await scene.RunAsync("auth.json torn", line.Script);
        File.Delete(scene.AuthPath);
        await scene.RunAsync("nobody signed in", line.Script);

        Assert.Empty(scene.Look(publicKeyToo: !line.ShowsSettings));
        Figures.Record("runs of cmdlets without a secret in what they show", scene.Runs);
    }

    [Theory]
    [InlineData("https://127.0.0.1:")]
    [InlineData("https://localhost:")]
    public async Task No_secret_comes_out_where_the_certificate_is_not_trusted(string address)
    {
        await using var scene = await SecretScene.StartAsync(cloud);
        using var certificate = Certificates.SelfSigned("127.0.0.1");
        await using var proxy = new FaultyProxy(cloud.Url, TimeProvider.System, certificate);
        var url = address + proxy.Port;
        await scene.RunAsync("a certificate that is not trusted", $"Connect-CogCommit {url} -NoBrowser; Connect-CogCommit {url} -RefreshToken $refreshToken");

        Assert.Equal(2, scene.Errors);
        Assert.Empty(proxy.Requests);
        Assert.Empty(scene.Look(publicKeyToo: true));
    }
}

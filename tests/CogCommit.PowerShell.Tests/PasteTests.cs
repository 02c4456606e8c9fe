using System.Text.RegularExpressions;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests;

/// <summary>Signing in where the browser runs on another machine.</summary>
public sealed partial class PasteTests(LocalCloud cloud) : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void The_address_the_browser_ends_on_can_be_pasted()
    {
        var screen = new Screen();
        using var runspace = BareEngine.NewRunspace(screen);
        var user = "u" + Guid.NewGuid().ToString("N")[..8];
        Task? browsing = null;
        screen.OnShown = shown =>
        {
            if (Address().Match(shown) is { Success: true } address)
            {
                browsing = Task.Run(async () => screen.Type("x\b" + await new Browser(cloud, user).SignInElsewhereAsync(new Uri(address.Value)) + "\r"));
            }
        };

        var identity = BareEngine.RunIn(
            runspace, "Import-Module $args[0]; Connect-CogCommit $args[1] $args[2] -NoBrowser", RepositoryRoot.Manifest, cloud.Url, cloud.AnonKey).Fine().One;

        Assert.NotNull(browsing);
        Assert.Equal(user, identity.Get<string>("UserName"));
        Assert.Contains(screen.Lines, line => line.Contains("paste", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_text_is_an_error_that_says_what_was_meant()
    {
        var screen = new Screen();
        using var runspace = BareEngine.NewRunspace(screen);
        screen.Type("hello\r");

        var error = BareEngine.RunIn(
            runspace, "Import-Module $args[0]; Connect-CogCommit $args[1] $args[2] -NoBrowser", RepositoryRoot.Manifest, cloud.Url, cloud.AnonKey).OneError();

        Assert.Equal("PastedAddressUnknown", error.Id());
    }

    public void Dispose() => _engine.Dispose();

    [GeneratedRegex(@"https?://\S+/authorize\S*")]
    private static partial Regex Address();
}

using System.Text.RegularExpressions;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>An engine whose machines sign in to the local cloud.</summary>
internal sealed partial class Machines(LocalCloud cloud, string? before = null) : BareEngine(before)
{
    /// <summary>Connect-CogCommit as <paramref name="user"/>, with the person's part at the browser.</summary>
    public Outcome Connect(string user, string parameters = "", string line = "Connect-CogCommit $args[0] $args[1] -NoBrowser", bool agree = true)
    {
        Task? browsing = null;
        var outcome = Watch(
            shell => shell.Streams.Information.DataAdded += (_, added) =>
            {
                var shown = Address().Match(shell.Streams.Information[added.Index].MessageData.ToString()!);
                if (shown.Success)
                {
                    browsing = new Browser(cloud, user).SignInAsync(new Uri(shown.Value), agree);
                }
            },
            $"{line} {parameters}", cloud.Url, cloud.AnonKey);
        browsing?.GetAwaiter().GetResult();
        return outcome;
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}

using System.Text;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>Failed pushes by mail, over a real connection.</summary>
public sealed class MailTests(LocalCloud cloud) : IAsyncDisposable
{
    private readonly UnattendedMachine _machine = new(cloud);

    [Fact]
    public async Task What_was_refused_is_mailed_once_a_run_and_what_was_not_is_not()
    {
        using var post = new PostOffice();
        _machine.Variables[UnattendedMachine.Token] = await _machine.NewTokenAsync();
        _machine.Engine.Run("Connect-CogCommit; Import-CogCommit $args[0]; Sync-CogCommit", History.Write(_machine.Engine.Folder)).Fine();
        Send(post);
        Assert.Empty(post.Mails);

        TooLarge.Transcript.Write(_machine.Engine.Folder);
        _machine.Engine.Run("Import-CogCommit $args[0]; Sync-CogCommit", Path.Combine(_machine.Engine.Folder, "projects")).Fine();
        Send(post);

        var mail = Assert.Single(post.Mails);
        Assert.Contains("From: task@example.org", mail, StringComparison.Ordinal);
        Assert.Contains("To: me@example.org", mail, StringComparison.Ordinal);
        Assert.Contains("1 commits wait", mail, StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(mail[mail.IndexOf("\n\n", StringComparison.Ordinal)..]));
        Assert.Contains("too_large", body, StringComparison.Ordinal);
        Assert.Contains("quarry", body, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    private void Send(PostOffice post) => _machine.Engine.Run(
        "& $args[0] -From task@example.org -To me@example.org -Server 127.0.0.1 -Port $args[1]",
        Recipe.Named("failed-by-mail.ps1").WriteTo(_machine.Engine.Folder),
        post.Port).Fine();
}

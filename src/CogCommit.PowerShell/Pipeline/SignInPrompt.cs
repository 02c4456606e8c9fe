using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using CogCommit.Core.Cloud;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>Speaks to the person who signs in, through the cmdlet's host.</summary>
internal sealed class SignInPrompt(CogCommitCommand cmdlet, Pump pump) : ISignInPrompt
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly StringBuilder _typed = new();

    public void ShowAddress(Uri address) => pump.Post(() => Say($"Sign in at {address.AbsoluteUri}"));

    public void OpenBrowser(Uri address)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception refused) when (refused is Win32Exception or PlatformNotSupportedException or InvalidOperationException)
        {
            pump.Post(() => cmdlet.WriteWarning("No browser could be opened. Open the address yourself, here or on another machine."));
        }
    }

    public void TellStaysSignedIn(CloudUser user) => pump.Post(() => cmdlet.WriteVerbose(
        $"{user.UserName ?? user.UserId} is signed in here already and stays so: nobody was asked, and no refresh token was used. Disconnect-CogCommit first to sign in anew."));

    /// <summary>Looks for keys now and then: reading a line would hold the pipeline when the browser has long come back.</summary>
    public async Task<string?> ReadPastedAddress(CancellationToken cancellationToken)
    {
        if (!await OnPipeline(() => Attendance.HasKeyboard(cmdlet.Host)).ConfigureAwait(false))
        {
            return null;
        }
        pump.Post(() => Say("If the browser runs on another machine, paste the address it ends on here and press Enter."));
        while (true)
        {
            await Task.Delay(Glance, cancellationToken).ConfigureAwait(false);
            if (await OnPipeline(TypedLine).ConfigureAwait(false) is { } line)
            {
                return line;
            }
        }
    }

    /// <summary>As Write-Host does: shown by every host, and a record of the information stream.</summary>
    private void Say(string text) => cmdlet.WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);

    private string? TypedLine()
    {
        var keys = cmdlet.Host.UI.RawUI;
        while (keys.KeyAvailable)
        {
            var key = keys.ReadKey(ReadKeyOptions.IncludeKeyDown).Character;
            if (key is '\r' or '\n')
            {
                var line = _typed.ToString().Trim();
                _typed.Clear();
                return line.Length > 0 ? line : null;
            }
            if (key == '\b')
            {
                _typed.Length = Math.Max(0, _typed.Length - 1);
            }
            else if (!char.IsControl(key))
            {
                _typed.Append(key);
            }
        }
        return null;
    }

    private Task<T> OnPipeline<T>(Func<T> ask)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Post(() =>
        {
            try
            {
                answer.SetResult(ask());
            }
            catch (Exception refused)
            {
                answer.SetException(refused);
            }
        });
        return answer.Task;
    }
}

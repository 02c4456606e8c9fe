using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using CogCommit.Core.Cloud;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>Speaks to the person who signs in, through the cmdlet's host.</summary>
internal sealed class SignInPrompt(PSCmdlet cmdlet, Pump pump) : ISignInPrompt
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

    /// <summary>Looks for keys now and then: reading a line would hold the pipeline when the browser has long come back.</summary>
    public async Task<string?> ReadPastedAddress(CancellationToken cancellationToken)
    {
        if (!await OnPipeline(CanPaste).ConfigureAwait(false))
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

    private bool CanPaste()
    {
        try
        {
            // Throws where there is no keyboard, as with input from a file.
            _ = cmdlet.Host.UI.RawUI.KeyAvailable;
            return true;
        }
        catch (Exception none) when (none is HostException or NotImplementedException or InvalidOperationException or NullReferenceException)
        {
            return false;
        }
    }

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

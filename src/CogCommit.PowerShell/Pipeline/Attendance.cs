using System.Management.Automation.Host;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>Whether somebody sits before the host who could sign in. A task that waits for a person waits in vain.</summary>
internal static class Attendance
{
    // Where the build services say that it is theirs.
    private static readonly string[] BuildServices = ["CI", "TF_BUILD"];

    // What a browser on Linux needs, or what stands for one; the last is Windows' own beside it.
    private static readonly string[] Screens = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"];

    internal static bool IsSomebodyHere(PSHost host) =>
        !BuildServices.Any(name => bool.TryParse(Environment.GetEnvironmentVariable(name), out var set) && set)
        && CanBeAsked(host)
        && (HasKeyboard(host) || HasBrowser());

    /// <summary>Whether keys can be read: not with input from a file, nor in a host without a console.</summary>
    internal static bool HasKeyboard(PSHost host)
    {
        try
        {
            _ = host.UI.RawUI.KeyAvailable;
            return true;
        }
        catch (Exception none) when (IsNothingThere(none))
        {
            return false;
        }
    }

    /// <summary>A question without answers: a host that may ask finds fault with it, and one that may not (pwsh -NonInteractive) says so first.</summary>
    private static bool CanBeAsked(PSHost host)
    {
        try
        {
            host.UI.PromptForChoice("", "", [], -1);
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception none) when (IsNothingThere(none))
        {
            return false;
        }
    }

    private static bool HasBrowser() => OperatingSystem.IsLinux()
        ? Array.Exists(Screens, name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        : Environment.UserInteractive;

    private static bool IsNothingThere(Exception none) =>
        none is HostException or NotImplementedException or NotSupportedException or InvalidOperationException or NullReferenceException;
}

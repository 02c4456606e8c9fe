using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CogCommit.PowerShell.Formatting;

/// <summary>
/// Where the output goes: how wide it is, and whether it shows colours. A code property is told neither, so the runspace is asked for
/// its host.
/// </summary>
internal sealed class OutputScreen
{
    private const int UnknownWidth = 120;

    private static readonly ConditionalWeakTable<Runspace, OutputScreen> Known = [];
    private static readonly OutputScreen None = new(null, null);

    private readonly PSHost? _host;
    private readonly PSObject? _style;

    private OutputScreen(PSHost? host, PSObject? style)
    {
        _host = host;
        _style = style;
    }

    /// <summary>Of the thread's runspace.</summary>
    public static OutputScreen Current => Runspace.DefaultRunspace is { } runspace ? Known.GetValue(runspace, _ => Ask()) : None;

    /// <summary>Columns a line may have. PowerShell leaves the last one free, lest the terminal break the line.</summary>
    public int Columns
    {
        get
        {
            var width = UnknownWidth;
            try
            {
                width = _host?.UI?.RawUI?.BufferSize.Width ?? UnknownWidth;
            }
            catch (Exception error) when (error is HostException or NotImplementedException or IOException or PlatformNotSupportedException)
            {
                // A host without a window, as services have.
            }

            return (width > 0 ? width : UnknownWidth) - 1;
        }
    }

    /// <summary>Escapes where they are shown, else none.</summary>
    public Palette Palette => Coloured ? new Palette(_style) : Palette.Plain;

    /// <summary>What PowerShell counts this text as when it cuts and pads, in columns.</summary>
    public int Counted(string text)
    {
        try
        {
            return _host?.UI?.RawUI?.LengthInBufferCells(text) ?? text.Length;
        }
        catch (Exception error) when (error is HostException or NotImplementedException or IOException or PlatformNotSupportedException)
        {
            return text.Length;
        }
    }

    private bool Coloured => _style?.Properties["OutputRendering"]?.Value?.ToString() switch
    {
        null or "PlainText" => false,
        "Ansi" => true,
        _ => _host?.UI is { SupportsVirtualTerminal: true } && !Redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };

    // pwsh itself leaves escapes in what goes to a file or to another program. In other hosts the process' own output means nothing.
    private bool Redirected => _host?.Name == "ConsoleHost" && Console.IsOutputRedirected;

    private static OutputScreen Ask()
    {
        try
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);

            // In a scope of its own: in constrained language nothing else runs here.
            var found = shell.AddScript("$Host; $PSStyle", useLocalScope: true).Invoke();
            return new OutputScreen(found.ElementAtOrDefault(0)?.BaseObject as PSHost, found.ElementAtOrDefault(1));
        }
        catch (Exception error) when (error is RuntimeException or InvalidOperationException)
        {
            // A runspace that can run nothing now: plain text of the usual width is still right.
            return None;
        }
    }
}

using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>
/// A runspace of the bare engine with the module imported as users import it, and an installation of its own. The bare engine has
/// neither Select-Object nor Get-ChildItem.
/// </summary>
public class BareEngine : IDisposable
{
    private static readonly string? ModulePath = Environment.GetEnvironmentVariable("PSModulePath");
    private readonly string? _homeBefore = Environment.GetEnvironmentVariable("HOME");
    private readonly Runspace _runspace;

    public BareEngine()
        : this(null)
    {
    }

    /// <param name="before">A module that the session imports before ours, or null.</param>
    private protected BareEngine(string? before)
    {
        Folder = Directory.CreateTempSubdirectory("cogcommit-").FullName;
        // A runspace makes a folder for the user's modules: it has to be this engine's user.
        Machine("one");
        _runspace = NewRunspace();
        if (before is not null)
        {
            Run("Import-Module $args[0]", before).Fine();
        }
        Run("Import-Module $args[0]", RepositoryRoot.Manifest).Fine();
    }

    /// <summary>Holds the machines' homes and whatever the test makes.</summary>
    public string Folder { get; }

    internal string Home { get; private set; } = "";

    internal static Runspace NewRunspace(PSHost? host = null)
    {
        // Each runspace puts its user's folder of modules before what stands there, and every command that is looked for looks there too: the
        // folders of a thousand tests would make the last ones slow.
        Environment.SetEnvironmentVariable("PSModulePath", ModulePath);
        var session = InitialSessionState.CreateDefault2();
        var runspace = host is null ? RunspaceFactory.CreateRunspace(session) : RunspaceFactory.CreateRunspace(host, session);
        runspace.Open();
        return runspace;
    }

    /// <summary>From here on the commands are those of another machine: another COGCOMMIT_HOME.</summary>
    internal void Machine(string name)
    {
        Home = Path.Combine(Folder, name);
        var user = Directory.CreateDirectory(Path.Combine(Folder, "user")).FullName;
        Environment.SetEnvironmentVariable("COGCOMMIT_HOME", Home);
        // The person's own transcripts are no part of a test.
        Environment.SetEnvironmentVariable("CLAUDE_CONFIG_DIR", Path.Combine(Folder, "claude"));
        Environment.SetEnvironmentVariable("HOME", user);
    }

    /// <summary>A file under <see cref="Folder"/>.</summary>
    internal string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    internal Outcome Run(string script, params object?[] arguments) => RunIn(_runspace, script, arguments);

    /// <summary>Runs a script and lets <paramref name="watch"/> see its streams, and stop it, while it runs.</summary>
    internal Outcome Watch(Action<System.Management.Automation.PowerShell> watch, string script, params object?[] arguments) =>
        RunIn(_runspace, watch, script, arguments);

    internal static Outcome RunIn(Runspace runspace, string script, params object?[] arguments) => RunIn(runspace, null, script, arguments);

    private static Outcome RunIn(Runspace runspace, Action<System.Management.Automation.PowerShell>? watch, string script, object?[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script);
        foreach (var argument in arguments)
        {
            shell.AddArgument(argument);
        }
        watch?.Invoke(shell);
        var output = new PSDataCollection<PSObject>();
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke<PSObject, PSObject>(null, output, null);
        }
        catch (RuntimeException error)
        {
            terminating = error.ErrorRecord;
        }
        return new Outcome
        {
            Output = [.. output],
            Errors = [.. shell.Streams.Error],
            Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
            Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)],
            Debug = [.. shell.Streams.Debug.Select(record => record.Message)],
            Information = [.. shell.Streams.Information.Select(record => record.MessageData.ToString() ?? "")],
            Progress = [.. shell.Streams.Progress],
            Terminating = terminating,
        };
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Environment.SetEnvironmentVariable("HOME", _homeBefore);
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

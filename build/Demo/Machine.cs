using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CogCommit.Build.Demo;

/// <summary>
/// One of the two machines: a home of its own and a runspace of its own. It types lines as a person would, and shows what the person
/// would see. The engine is the one this tool carries, also where pwsh is installed: the demo looks the same everywhere.
/// </summary>
internal sealed class Machine : IDisposable
{
    private readonly string _name;
    private readonly string _home;
    private readonly Runspace _runspace;

    public Machine(string name, string home, LocalCloudProcess cloud)
    {
        _name = name;
        _home = home;
        _runspace = RunspaceFactory.CreateRunspace(new DemoHost(new Visitor(cloud)), InitialSessionState.CreateDefault2());
        _runspace.Open();
        Silently($"Import-Module '{Repository.PathOf("CogCommit.psd1")}'");
    }

    public void Set(string variable, string value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    /// <summary>Types a line, runs it, shows its output, and gives what it put out.</summary>
    public IReadOnlyList<PSObject> Type(string line)
    {
        Console.WriteLine();
        Console.WriteLine(Console.IsOutputRedirected ? $"PS {_name}> {line}" : $"\e[1;36mPS {_name}>\e[0m \e[1m{line}\e[0m");
        var output = Run(line, out var errors);
        Show(output, errors);
        if (errors.Count > 0)
        {
            throw new BuildException($"That did not work on the {_name}; the error stands above.");
        }

        return output;
    }

    /// <summary>Runs a line that a person would not need to see.</summary>
    public IReadOnlyList<PSObject> Silently(string line)
    {
        var output = Run(line, out var errors);
        return errors.Count == 0 ? output : throw new BuildException($"'{line}' failed on the {_name}: {errors[0]}");
    }

    public void Dispose() => _runspace.Dispose();

    private List<PSObject> Run(string line, out IReadOnlyList<ErrorRecord> errors)
    {
        // COGCOMMIT_HOME says whose machine it is, and belongs to the process: one line runs at a time.
        Environment.SetEnvironmentVariable("COGCOMMIT_HOME", _home);
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(line);
        var said = new List<ErrorRecord>();
        List<PSObject> output = [];
        try
        {
            output = [.. shell.Invoke()];
        }
        catch (RuntimeException problem)
        {
            said.Add(problem.ErrorRecord);
        }

        errors = [.. shell.Streams.Error, .. said];
        return output;
    }

    private void Show(List<PSObject> output, IReadOnlyList<ErrorRecord> errors)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default");
        shell.Invoke(output.Cast<object>().Concat(errors));
    }
}

using System.Collections;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Text;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Secrets;

/// <summary>
/// Runs scripts and writes down all that can be seen of them: what each stream got, what the screen showed, and every exception that was
/// thrown meanwhile anywhere in the process, whether anybody caught it or not.
/// </summary>
internal sealed class Witness : IDisposable
{
    private const int Depth = 4;

    private readonly StringBuilder _seen = new();
    private readonly HashSet<object> _written = new(ReferenceEqualityComparer.Instance);
    private readonly Screen _screen = new();
    private readonly System.Management.Automation.Runspaces.Runspace _runspace;

    public Witness() => _runspace = BareEngine.NewRunspace(_screen);

    /// <summary>Sees what is shown while it is: whoever signs in must act on it.</summary>
    public Action<string> OnInformation { get; set; } = _ => { };

    public int Errors { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>Everything that was seen since the last time.</summary>
    public string TakeSeen()
    {
        var seen = _seen.Append(string.Join('\n', _screen.Lines)).ToString();
        _seen.Clear();
        return seen;
    }

    public void Run(string script, params (string Name, object? Value)[] variables)
    {
        _written.Clear();
        foreach (var (name, value) in variables)
        {
            _runspace.SessionStateProxy.SetVariable(name, value);
        }

        using var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        shell.Streams.Information.DataAdded += (_, added) => OnInformation(shell.Streams.Information[added.Index].MessageData.ToString() ?? "");
        var output = new PSDataCollection<PSObject>();
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
        try
        {
            shell.Invoke<PSObject, PSObject>(null, output, null);
        }
        catch (RuntimeException ended)
        {
            (Errors, LastError) = (Errors + 1, ended.Message);
            Write(ended.ErrorRecord);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        }

        foreach (var value in output)
        {
            Write("output", value);
        }

        Errors += shell.Streams.Error.Count;
        LastError = shell.Streams.Error.LastOrDefault()?.ToString() ?? LastError;
        shell.Streams.Error.ToList().ForEach(Write);
        WriteAll("verbose", shell.Streams.Verbose);
        WriteAll("debug", shell.Streams.Debug);
        WriteAll("warning", shell.Streams.Warning);
        WriteAll("information", shell.Streams.Information);
        foreach (var record in shell.Streams.Progress)
        {
            Line($"progress: {record} {record.Activity} {record.StatusDescription} {record.CurrentOperation}");
        }

        Show([.. output, .. shell.Streams.Error]);
        WriteAll("$Error", ((ArrayList)_runspace.SessionStateProxy.GetVariable("Error")).ToArray());
        ((ArrayList)_runspace.SessionStateProxy.GetVariable("Error")).Clear();
    }

    public void Dispose() => _runspace.Dispose();

    private void Thrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        lock (_seen)
        {
            WriteChain(thrown.Exception);
        }
    }

    /// <summary>As the host formats it, where a person sits before it.</summary>
    private void Show(object[] values)
    {
        using var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript("param($values, $each) $values | Out-Default; foreach ($one in $each) { $one | Format-List -Force -Property * | Out-Default }")
            .AddArgument(values)
            // One of a kind tells what kind it is; a text has no more to it than itself.
            .AddArgument(values.Where(value => value is not PSObject { BaseObject: string }).DistinctBy(value => (value as PSObject)?.BaseObject.GetType() ?? value).ToArray());
        shell.Invoke();
    }

    private void WriteAll<T>(string stream, IEnumerable<T> records)
    {
        foreach (var record in records)
        {
            Write(stream, record!);
        }
    }

    /// <summary>
    /// What it says, and all there is to it: of each object once, for the script is over and nothing changes any more. A record of verbose or debug
    /// output or a warning has nothing but its words and the call that it came of, which hundreds of others share.
    /// </summary>
    private void Write(string stream, object value)
    {
        var all = value switch
        {
            InformationalRecord { InvocationInfo: { } call } => call,
            // What else they wrap is no object of its own: all of [pscustomobject] have one and the same.
            PSObject { BaseObject: not (PSCustomObject or string or ValueType) and var one } => one,
            _ => value,
        };
        Line($"{stream}: {value} {(_written.Add(all) ? PSSerializer.Serialize(value, Depth) : "")}");
    }

    private void Write(ErrorRecord error)
    {
        Write("error", error);
        WriteChain(error.Exception);
        Line($"{error.FullyQualifiedErrorId} {error.CategoryInfo} {error.ErrorDetails} {error.ScriptStackTrace} {error.TargetObject}");
        if (error.InvocationInfo is { } call)
        {
            Line($"{call.Line} {call.PositionMessage} {call.InvocationName}");
            WriteAll("parameter", call.BoundParameters.Values);
            WriteAll("argument", call.UnboundArguments);
        }
    }

    private void WriteChain(Exception exception)
    {
        Line(exception.ToString());
        for (Exception? one = exception; one is not null; one = one.InnerException)
        {
            foreach (DictionaryEntry entry in one.Data)
            {
                Line($"data: {entry.Key} {entry.Value}");
            }
        }
    }

    private void Line(string text)
    {
        lock (_seen)
        {
            _seen.Append(text).Append('\n');
        }
    }
}

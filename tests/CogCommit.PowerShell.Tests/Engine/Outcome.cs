using System.Management.Automation;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>What a script wrote to each stream, and what ended it.</summary>
internal sealed class Outcome
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<string> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>The error that ended the script, or null.</summary>
    public ErrorRecord? Terminating { get; init; }

    /// <summary>The one object of the output.</summary>
    public PSObject One => Assert.Single(Output);

    /// <summary>Fails the test, with the errors' texts, when there were any.</summary>
    public Outcome Fine()
    {
        Assert.True(Terminating is null, $"It ended with: {Terminating}");
        Assert.True(Errors.Count == 0, string.Join(Environment.NewLine, Errors.Select(error => error.ToString())));
        return this;
    }

    /// <summary>The one non-terminating error.</summary>
    public ErrorRecord OneError()
    {
        Assert.True(Terminating is null, $"It ended with: {Terminating}");
        return Assert.Single(Errors);
    }

    public IEnumerable<T> All<T>(string property) => Output.Select(o => o.Get<T>(property));
}

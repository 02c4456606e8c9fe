using CogCommit.Core;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>What the core says while it works, as records of the verbose and debug streams, written by the pipeline thread.</summary>
internal sealed class Report(Pump pump, Action<string> writeVerbose, Action<string> writeDebug) : IReport
{
    public void Verbose(string text) => pump.TryPost(() => writeVerbose(text));

    public void Debug(string text) => pump.TryPost(() => writeDebug(text));
}

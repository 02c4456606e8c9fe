using System.ComponentModel;
using System.Diagnostics;

namespace CogCommit.Core.Daemon.Logon;

/// <summary>The system's own programs.</summary>
public sealed class ProgramRunner : IProgramRunner
{
    public ProgramResult Run(ProgramCall what)
    {
        ArgumentNullException.ThrowIfNull(what);
        var start = new ProcessStartInfo(what.Program, what.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ProgramResult(process.ExitCode, (output + errors.GetAwaiter().GetResult()).Trim());
        }
        catch (Win32Exception absent)
        {
            return new ProgramResult(null, absent.Message);
        }
    }
}

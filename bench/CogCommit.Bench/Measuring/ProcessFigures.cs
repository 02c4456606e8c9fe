using System.Globalization;

namespace CogCommit.Bench.Measuring;

/// <summary>What a process has used so far, as the system counts it.</summary>
internal static class ProcessFigures
{
    /// <summary>The most memory it had at once, in bytes: resident, the runtime and SQLite's share included.</summary>
    public static long PeakMemory(int process) => OperatingSystem.IsLinux()
        ? Kilobytes(process, "VmHWM:") * 1024
        : System.Diagnostics.Process.GetProcessById(process).PeakWorkingSet64;

    /// <summary>The same of this process.</summary>
    public static long PeakMemory() => PeakMemory(Environment.ProcessId);

    private static long Kilobytes(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }
}

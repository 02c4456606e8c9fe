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

    /// <summary>Of a process that runs: seconds of CPU, bytes resident now, and how often its threads woke up.</summary>
    public static (double Cpu, long Resident, long WakeUps) Of(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ');
        var ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        var wakeUps = Directory.EnumerateDirectories($"/proc/{process}/task").Sum(task =>
            long.Parse(File.ReadLines(Path.Combine(task, "status")).First(line => line.StartsWith("voluntary", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture));
        return (ticks / TicksPerSecond, Kilobytes(process, "VmRSS:") * 1024, wakeUps);
    }

    // USER_HZ, the same on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    private static long Kilobytes(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }
}

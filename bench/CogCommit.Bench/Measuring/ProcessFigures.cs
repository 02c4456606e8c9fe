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

    /// <summary>Seconds of CPU that a process has used.</summary>
    public static double Cpu(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>The memory that a process has now, in bytes.</summary>
    public static long Resident(int process) => Kilobytes(process, "VmRSS:") * 1024;

    /// <summary>Of that, what is not pages of files. What the runtime compiles it keeps in shared memory, which nobody else has.</summary>
    public static long Own(int process) => (Kilobytes(process, "RssAnon:") + Kilobytes(process, "RssShmem:")) * 1024;

    /// <summary>How often each thread of a process woke up. Threads come and go: compare those that are there.</summary>
    public static IReadOnlyDictionary<string, long> WakeUps(int process) => Directory.EnumerateDirectories($"/proc/{process}/task").ToDictionary(
        task => Path.GetFileName(task),
        task => long.Parse(File.ReadLines(Path.Combine(task, "status")).First(line => line.StartsWith("voluntary", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture));

    // USER_HZ, the same on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    private static long Kilobytes(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }
}

using System.ComponentModel;
using System.Diagnostics;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>The process that a record describes.</summary>
internal static class DaemonProcess
{
    // Start times are counted from the boot, in hundredths, and the clock may have been set since.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>False when that process is surely no more: there is none of this number, or one that began after the record was written.</summary>
    public static bool MayBe(DaemonRecord record)
    {
        if (record.Machine != Environment.MachineName)
        {
            return true;
        }

        using var process = Find(record);
        return process is not null;
    }

    /// <summary>The process, or null when it is surely no more.</summary>
    public static Process? Find(DaemonRecord record)
    {
        Process? process = null;
        try
        {
            process = Process.GetProcessById(record.Pid);
            if (!process.HasExited && !IsDefunct(record.Pid) && process.StartTime.ToUniversalTime() <= record.Started.UtcDateTime + Tolerance)
            {
                return process;
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
        }
        catch (Win32Exception)
        {
            // Somebody else's, of whom the system says nothing.
        }

        process?.Dispose();
        return null;
    }

    // In a container nobody may collect what has ended: it keeps its number, and does nothing any more.
    private static bool IsDefunct(int pid)
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{pid}/stat") is var stat && stat.AsSpan(stat.LastIndexOf(')')).StartsWith(") Z", StringComparison.Ordinal);
        }
        catch (Exception gone) when (FileErrors.IsRefusal(gone))
        {
            return false;
        }
    }
}

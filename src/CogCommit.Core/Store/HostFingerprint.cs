using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32;

namespace CogCommit.Core.Store;

/// <summary>What tells one host and folder from another: a hash of the operating system's own id of the installation and of the path.</summary>
internal static partial class HostFingerprint
{
    private static readonly string[] MachineIdFiles = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

    public static string Of(string root) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{HostId()}\n{root}"))).ToLowerInvariant();

    private static string HostId()
    {
        var id = OperatingSystem.IsWindows() ? MachineGuid() : OperatingSystem.IsMacOS() ? PlatformUuid() : MachineIdFile();
        return string.IsNullOrWhiteSpace(id) ? Environment.MachineName : id.Trim();
    }

    private static string? MachineIdFile() => MachineIdFiles
        .Where(File.Exists).Select(File.ReadAllText).FirstOrDefault(id => !string.IsNullOrWhiteSpace(id));

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static string? MachineGuid()
    {
        using var key = RegistryKey.OpenBaseKey(RegistryHive.LocalMachine, RegistryView.Registry64).OpenSubKey(@"SOFTWARE\Microsoft\Cryptography");
        return key?.GetValue("MachineGuid") as string;
    }

    private static string? PlatformUuid()
    {
        try
        {
            using var ioreg = Process.Start(new ProcessStartInfo("/usr/sbin/ioreg", ["-rd1", "-c", "IOPlatformExpertDevice"]) { RedirectStandardOutput = true });
            var text = ioreg?.StandardOutput.ReadToEnd() ?? "";
            return Uuid().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
        }
        catch (Win32Exception)
        {
            // No ioreg: the host's name tells it.
            return null;
        }
    }

    [GeneratedRegex("\"IOPlatformUUID\" = \"([^\"]+)\"")]
    private static partial Regex Uuid();
}

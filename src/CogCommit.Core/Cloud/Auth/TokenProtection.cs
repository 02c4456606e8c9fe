using System.Security.Cryptography;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>What is done to tokens before they are written: on Windows DPAPI, for this user; elsewhere the file's rights protect them.</summary>
internal sealed record TokenProtection(string Name, Func<byte[], byte[]> Protect, Func<byte[], byte[]> Unprotect)
{
    public static TokenProtection? OfThisSystem { get; } = OperatingSystem.IsWindows() ? Dpapi() : null;

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static TokenProtection Dpapi() => new(
        "dpapi",
        bytes => ProtectedData.Protect(bytes, null, DataProtectionScope.CurrentUser),
        bytes => ProtectedData.Unprotect(bytes, null, DataProtectionScope.CurrentUser));
}

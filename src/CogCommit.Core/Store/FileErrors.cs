namespace CogCommit.Core.Store;

/// <summary>What the system says of a file, by its numbers: the texts are translated, and a number has no type of its own.</summary>
internal static class FileErrors
{
    // ENOSPC, EDQUOT of Linux and of macOS; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
    private static readonly int[] Full = OperatingSystem.IsWindows() ? [unchecked((int)0x80070027), unchecked((int)0x80070070)] : [28, OperatingSystem.IsMacOS() ? 69 : 122];

    // EWOULDBLOCK of Linux and of macOS; ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
    private static readonly int[] Held = OperatingSystem.IsWindows() ? [unchecked((int)0x80070020), unchecked((int)0x80070021)] : [OperatingSystem.IsMacOS() ? 35 : 11];

    // EROFS; ERROR_WRITE_PROTECT.
    private static readonly int ReadOnlyDisk = OperatingSystem.IsWindows() ? unchecked((int)0x80070013) : 30;

    /// <summary>Somebody else has the file open: waiting helps. Nothing else that is wrong with a file is mended by that.</summary>
    public static bool IsHeld(Exception error) => error is IOException && Held.Contains(error.HResult);

    public static bool IsDiskFull(Exception error) => IsTooLarge(error) || (error is IOException && Full.Contains(error.HResult));

    /// <summary>This user may not write there, or nobody may.</summary>
    public static bool IsReadOnly(Exception error) => error is UnauthorizedAccessException || (error is IOException && error.HResult == ReadOnlyDisk);

    /// <summary>The system refused something about a file; else the error is a mistake of ours.</summary>
    public static bool IsRefusal(Exception error) => error is IOException or UnauthorizedAccessException || IsTooLarge(error);

    // What .NET makes of EFBIG: a file may not become so large, on this file system or for this user. Others of this name come from who was
    // called with a wrong value, and are mistakes of ours.
    private static bool IsTooLarge(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value", ActualValue: null }
        && error.TargetSite?.DeclaringType is { } thrower && (thrower.Name == "Interop" || thrower.Namespace?.StartsWith("System.IO", StringComparison.Ordinal) == true);

    /// <param name="what">What was to be written, with its path.</param>
    /// <param name="kept">A sentence.</param>
    /// <param name="cause">What the system said.</param>
    public static CogCommitException DiskFull(string what, string kept, Exception cause) =>
        new("DiskFull", $"The disk is full: {what} could not be written. {kept} Make room and try again.", ErrorKind.Unavailable, cause);
}

using CogCommit.Core.Store;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>What the system says of the files of a sign-in, said to the user.</summary>
internal static class AuthErrors
{
    private const string Kept = "Your sign-in is as it was, and your commits are untouched.";

    public static CogCommitException NotWritable(string path, Exception cause) => FileErrors.IsDiskFull(cause)
        ? FileErrors.DiskFull($"'{path}'", Kept, cause)
        : new CogCommitException(
            "SignInNotWritable",
            $"'{path}' cannot be written: {cause.Message.TrimEnd('.')}. {Kept} Give yourself the right to write its folder, or name another in COGCOMMIT_HOME.",
            ErrorKind.ReadOnly,
            cause);

    public static CogCommitException NotReadable(string path, Exception cause) => new(
        "SignInNotReadable",
        $"'{path}' cannot be read: {cause.Message.TrimEnd('.')}. Your commits are untouched. Give yourself the right to read it, or name another folder in COGCOMMIT_HOME.",
        ErrorKind.ReadOnly,
        cause);
}

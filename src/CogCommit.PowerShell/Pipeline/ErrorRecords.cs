using System.Management.Automation;
using CogCommit.Core;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>What the core's errors are called in PowerShell.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord Of(CogCommitException error, object? target) => new(error, error.ErrorId, CategoryOf(error.Kind), target);

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.Conflict => ErrorCategory.InvalidOperation,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.Unauthorized => ErrorCategory.AuthenticationError,
        ErrorKind.QuotaReached => ErrorCategory.QuotaExceeded,
        ErrorKind.ReadOnly => ErrorCategory.WriteError,
        ErrorKind.Newer => ErrorCategory.NotInstalled,
        _ => ErrorCategory.NotSpecified,
    };
}

namespace CogCommit.Core;

/// <summary>What kind of error it is; the cmdlets map it to PowerShell's categories.</summary>
public enum ErrorKind
{
    InvalidArgument,
    NotFound,
    InvalidData,
    Conflict,
    Unavailable,
    Unauthorized,
    QuotaReached,
    ReadOnly,
    Newer,
}

namespace CogCommit.Core.Cloud;

/// <summary>The cloud understood the request and refused it (a 4xx that trying again does not change).</summary>
public sealed class CloudRejectedException(int status, string? code, string serverMessage) : CogCommitException(
    "CloudRejected",
    $"The cloud refused the request ({status}{(code is null ? "" : $", {code}")}): {serverMessage.TrimEnd('.')}. Nothing is lost; what is here stays here.",
    ErrorKind.InvalidData)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The SQLSTATE or PostgREST's own code, such as 22023 or PGRST116.</summary>
    public string? Code { get; } = code;
}

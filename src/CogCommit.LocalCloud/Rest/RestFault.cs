namespace CogCommit.LocalCloud.Rest;

/// <summary>An answer that is an error, in PostgREST's form: code, message, details, hint.</summary>
internal sealed class RestFault(int status, string code, string message, string? details = null, string? hint = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Details { get; } = details;

    public string? Hint { get; } = hint;

    /// <summary>The query string cannot be understood, or asks for what this cloud does not serve.</summary>
    public static RestFault Query(string message, string? details = null) => new(400, "PGRST100", message, details);
}

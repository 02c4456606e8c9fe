namespace CogCommit.CloudModel;

/// <summary>Where the SQL raises: the whole call is refused and nothing was changed.</summary>
internal sealed class ModelRefusedException(string sqlState, string message) : Exception(message)
{
    public string SqlState { get; } = sqlState;
}

namespace CogCommit.Core.Cloud.Realtime;

/// <summary>What was heard.</summary>
public enum NudgeKind
{
    /// <summary>Listening, for the first time or again: what came before is not told, so pull now.</summary>
    Joined,

    /// <summary>A device of this user pushed; it may have been this one.</summary>
    Pushed,

    /// <summary>Not listening, or not any more; told for each try that fails.</summary>
    Lost,
}

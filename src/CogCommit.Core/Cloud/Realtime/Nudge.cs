namespace CogCommit.Core.Cloud.Realtime;

/// <summary>What <see cref="ICloudNudges"/> hears.</summary>
public sealed record Nudge(NudgeKind Kind)
{
    /// <summary>Pushed: the push's number, where the message says one.</summary>
    public long? Seq { get; init; }

    /// <summary>Pushed: the cloud's name for it, where the message says one.</summary>
    public string? PushId { get; init; }

    /// <summary>Lost: why, in a sentence. Holds no token and no key.</summary>
    public string? Reason { get; init; }

    /// <summary>Lost: when it is tried again.</summary>
    public DateTimeOffset? NextTry { get; init; }
}

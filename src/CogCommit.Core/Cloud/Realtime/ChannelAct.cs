namespace CogCommit.Core.Cloud.Realtime;

/// <summary>What a <see cref="NudgeChannel"/> wants done.</summary>
internal sealed record ChannelAct(ChannelActKind Kind)
{
    /// <summary>Send: the text of the frame. Hidden, for it may carry a token.</summary>
    public HiddenText? Frame { get; init; }

    /// <summary>Open: a token that the server has just refused, or null.</summary>
    public HiddenText? Refused { get; init; }

    /// <summary>Tell: what was heard.</summary>
    public Nudge? Nudge { get; init; }
}

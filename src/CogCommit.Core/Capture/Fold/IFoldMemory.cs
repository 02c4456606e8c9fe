namespace CogCommit.Core.Capture.Fold;

/// <summary>What was settled before about one agent session. The store answers.</summary>
internal interface IFoldMemory
{
    bool HasRecord(string uuid);

    MessageEntry? Message(string id);

    CallEntry? Call(string id);

    /// <summary>The call whose output can be fetched by this id.</summary>
    CallEntry? Background(string id);

    /// <summary>The turn as it stands, or null when its text is not here (pruned, deleted, or a shorter one stands in its place).</summary>
    TurnDraft? Turn(int ordinal);

    bool HasClosing(string callId, string hash);

    AgentEntry? Agent(string agentId);

    /// <summary>The text of a file that an output was spilled to, or null when there is none.</summary>
    string? Spilled(string path);
}

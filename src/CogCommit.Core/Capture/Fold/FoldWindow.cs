namespace CogCommit.Core.Capture.Fold;

/// <summary>
/// What a run of records changed: laid over the memory, so that the fold sees both, and then written at once. It holds one batch,
/// however long the transcript is.
/// </summary>
internal sealed class FoldWindow(IFoldMemory memory)
{
    public Dictionary<string, int?> Records { get; } = [];

    public Dictionary<string, MessageEntry> Messages { get; } = [];

    public Dictionary<string, CallEntry> Calls { get; } = [];

    public Dictionary<int, TurnDraft> Turns { get; } = [];

    public List<Closing> Closings { get; } = [];

    public Dictionary<string, AgentEntry> Agents { get; } = [];

    public List<ImageEntry> Images { get; } = [];

    /// <summary>Turns that were looked up and did not change.</summary>
    private readonly Dictionary<int, TurnDraft?> _read = [];
    private readonly Dictionary<string, string> _backgrounds = [];

    public bool HasRecord(string uuid) => Records.ContainsKey(uuid) || memory.HasRecord(uuid);

    public MessageEntry? Message(string id) => Messages.TryGetValue(id, out var entry) ? entry : memory.Message(id);

    public CallEntry? Call(string id) => Calls.TryGetValue(id, out var entry) ? entry : memory.Call(id);

    public CallEntry? Background(string id) => _backgrounds.TryGetValue(id, out var call) ? Calls[call] : memory.Background(id);

    public bool HasClosing(string callId, string hash) =>
        Closings.Exists(closing => closing.CallId == callId && closing.Hash == hash) || memory.HasClosing(callId, hash);

    public AgentEntry? Agent(string agentId) => Agents.TryGetValue(agentId, out var entry) ? entry : memory.Agent(agentId);

    public string? Spilled(string path) => memory.Spilled(path);

    public TurnDraft? Turn(int ordinal)
    {
        if (Turns.TryGetValue(ordinal, out var turn) || _read.TryGetValue(ordinal, out turn))
        {
            return turn;
        }

        return _read[ordinal] = memory.Turn(ordinal);
    }

    public void Put(TurnDraft turn) => Turns[turn.Ordinal] = turn;

    public void Put(CallEntry call)
    {
        Calls[call.Id] = call;
        if (call.BackgroundId is { } id)
        {
            _backgrounds[id] = call.Id;
        }
    }
}

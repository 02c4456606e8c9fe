using CogCommit.Core.Capture.Fold;

namespace CogCommit.Core.Capture.Memory;

/// <summary>Of an agent session that nobody has seen before nothing is remembered: the store need not be asked, record by record.</summary>
internal sealed class NewSessionMemory(Func<string, string?> spilled) : IFoldMemory
{
    public bool HasRecord(string uuid) => false;

    public MessageEntry? Message(string id) => null;

    public CallEntry? Call(string id) => null;

    public CallEntry? Background(string id) => null;

    public TurnDraft? Turn(int ordinal) => null;

    public bool HasClosing(string callId, string hash) => false;

    public AgentEntry? Agent(string agentId) => null;

    public string? Spilled(string path) => spilled(path);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace CogCommit.Core.Capture.Fold;

/// <summary>
/// What the fold has open between two records of an agent session. Kept in the store as JSON, so that an appended line costs that
/// line alone; what is settled is looked up in the store instead.
/// </summary>
internal sealed class FoldState
{
    /// <summary>How many records were folded: replays and duplicates within the session are none.</summary>
    public long Records { get; set; }

    /// <summary>The ordinal of the next turn.</summary>
    public int Next { get; set; }

    /// <summary>How many lines of git's that prove a commit were found.</summary>
    public int Closings { get; set; }

    /// <summary>The answer that an interruption would mean.</summary>
    public int? LastAnswer { get; set; }

    public bool AfterCaveat { get; set; }

    /// <summary>The work tree: the first cwd that a record names.</summary>
    public string? Cwd { get; set; }

    /// <summary>Typed while the agent was at work, and not yet taken.</summary>
    public List<QueuedText> Queue { get; set; } = [];

    /// <summary>Absorbed by the running turn; stand last until the next message places them (rule 2).</summary>
    public List<PendingPrompt> Pending { get; set; } = [];

    /// <summary>Absorbed prompts of which only one of the two forms, remove and attachment, was seen.</summary>
    public List<HalfSeen> Halves { get; set; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, FoldStateJson.Default.FoldState);

    public static FoldState FromJson(string json) => JsonSerializer.Deserialize(json, FoldStateJson.Default.FoldState)!;
}

/// <summary>An open enqueue.</summary>
internal sealed record QueuedText(string? Text, DateTimeOffset Time);

/// <summary>A queued prompt that has no final place.</summary>
internal sealed record PendingPrompt(string Id, string Text, DateTimeOffset Time, string? Branch, long Created);

/// <summary>One form of an absorbed prompt.</summary>
/// <param name="Next">The next ordinal when it was seen: the other form comes at about the same time.</param>
internal sealed record HalfSeen(string Id, string Text, bool IsAttachment, int Next);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(FoldState))]
internal sealed partial class FoldStateJson : JsonSerializerContext;

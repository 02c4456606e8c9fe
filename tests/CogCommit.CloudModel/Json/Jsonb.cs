namespace CogCommit.CloudModel.Json;

/// <summary>
/// A value as PostgreSQL's jsonb holds it: of members with one name the last alone, members in jsonb's own order, numbers as `numeric`
/// prints them. It knows how long it prints, which is what the cloud measures.
/// </summary>
internal sealed class Jsonb
{
    public static readonly Jsonb Null = new() { Kind = JsonbKind.Null, Text = "null", PrintedBytes = 4 };
    public static readonly Jsonb True = new() { Kind = JsonbKind.Boolean, Text = "true", PrintedBytes = 4 };
    public static readonly Jsonb False = new() { Kind = JsonbKind.Boolean, Text = "false", PrintedBytes = 5 };

    private readonly (JsonbName Name, Jsonb Value)[] members = [];

    public required JsonbKind Kind { get; init; }

    /// <summary>Of a string its value, of other scalars what they print; of an array or object nothing.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<Jsonb> Items { get; init; } = [];

    public IReadOnlyList<(JsonbName Name, Jsonb Value)> Members
    {
        get => members;
        init => members = [.. value];
    }

    /// <summary>octet_length(j::text).</summary>
    public required int PrintedBytes { get; init; }

    public bool IsObject => Kind == JsonbKind.Object;

    public bool IsTrue => ReferenceEquals(this, True);

    /// <summary>What `->` gives: null where this is no object or has no such member.</summary>
    public Jsonb? this[string name]
    {
        get
        {
            foreach (var (member, value) in members)
            {
                if (member.Text == name)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>What `->> name` gives.</summary>
    public string? TextOf(string name) => this[name]?.AsText;

    /// <summary>What `#>> '{}'` gives.</summary>
    public string? AsText => Kind switch
    {
        JsonbKind.Null => null,
        JsonbKind.Array or JsonbKind.Object => JsonbPrint.Text(this),
        _ => Text,
    };

    public override string ToString() => JsonbPrint.Text(this);
}

namespace CogCommit.Testing;

/// <summary>
/// Who wins where two rows meet, worked out by hand from docs/sync-protocol.md: "one", "other", or "same". The device's Rows.Merge, the SQL
/// and the model of the SQL are each held to it, both ways round.
/// </summary>
public static class ExpectedWinners
{
    private const string Noon = "2026-02-11T12:00:00.000000Z";
    private const string Later = "2026-02-11T12:00:00.000001Z";

    /// <summary>rev and hash of one, rev and hash of the other.</summary>
    public static TheoryData<string, string, string, string, string> Captured => new()
    {
        { "1", "a", "1", "a", "same" },
        { "2", "a", "1", "z", "one" },           // the revision counts first
        { "1", "b", "1", "a", "one" },           // then the hash
        { "1", "A", "1", "a", "other" },         // as bytes: capitals come first
        { "10", "a", "9", "a", "other" },        // as bytes: no number
        { "11", "a", "1", "a", "one" },          // a longer text beats what it begins with
        { "1", "a", "1", "", "one" },
        { "1", "", "", "z", "one" },             // what was never revised loses
        { "", "", "", "", "same" },
        { "é", "a", "z", "a", "one" },           // bytes, not a language's order
        { "e\u0301", "a", "é", "a", "other" },   // bytes, not what looks alike
        { "\uFFFD", "a", "😀", "a", "other" },   // bytes of UTF-8, not UTF-16's units
        { "1", "\uFFFD", "1", "😀", "other" },
        { "a b", "a", "a-b", "a", "other" },     // nothing is skipped
    };

    /// <summary>version, updated_at and hash of one, then of the other.</summary>
    public static TheoryData<int, string, string, int, string, string, string> Curated => new()
    {
        { 1, Noon, "a", 1, Noon, "a", "same" },
        { 2, Noon, "a", 1, Later, "z", "one" },          // a higher version beats a later clock
        { 1 << 30, Noon, "a", 1, Later, "z", "one" },
        { 10, Noon, "a", 9, Noon, "a", "one" },          // versions are numbers
        { 1, Later, "a", 1, Noon, "z", "one" },          // at equal versions the later edit, by a microsecond
        { 1, Later, "a", 1, Noon, "a", "one" },          // also where both say the same
        { 1, Noon, "b", 1, Noon, "a", "one" },           // then the hash
        { 1, Noon, "A", 1, Noon, "a", "other" },
        { 1, Noon, "", 1, Noon, "a", "other" },
        { 1, Noon, "\uFFFD", 1, Noon, "😀", "other" },
    };

    /// <summary>version, rev, updated_at and hash of one, then of the other.</summary>
    public static TheoryData<int, string, string, string, int, string, string, string, string> Visuals => new()
    {
        { 1, "1", Noon, "a", 1, "1", Noon, "a", "same" },
        { 2, "1", Noon, "a", 1, "9", Later, "z", "one" },    // what the user did counts first
        { 1, "2", Noon, "a", 1, "1", Later, "z", "one" },    // then capture
        { 10, "1", Noon, "a", 9, "1", Noon, "a", "one" },
        { 1, "10", Noon, "a", 1, "9", Noon, "a", "other" },
        { 1, "\uFFFD", Noon, "a", 1, "😀", Noon, "a", "other" },
        { 1, "1", Later, "a", 1, "1", Noon, "z", "one" },
        { 1, "1", Later, "a", 1, "1", Noon, "a", "one" },
        { 1, "1", Noon, "b", 1, "1", Noon, "a", "one" },
        { 1, "1", Noon, "A", 1, "1", Noon, "a", "other" },
    };

    /// <summary>The same seen from the other side.</summary>
    public static string Reversed(string winner) => winner switch { "one" => "other", "other" => "one", _ => winner };

    /// <summary>What the cloud says of the one that comes second.</summary>
    public static string StatusOfSecond(string winner) => winner switch { "one" => "lost", "other" => "accepted", _ => "unchanged" };
}

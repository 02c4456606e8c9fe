using System.Globalization;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>Rows that several devices of one user might hold: the same few ids in many states.</summary>
internal sealed class RandomRows(Random random, DateTimeOffset start)
{
    private static readonly string[] Revs = ["1", "2", "3", "10", "z", "é", "\uFFFD", "😀", ""];
    private static readonly string[] Hashes = ["a", "b", "B", "é", "", "\uFFFD", "😀"];
    private static readonly string[] Contents = ["", "hello", "é\\n\\u0001", "😀", "a longer answer, so that a quota is met sooner or later"];

    private readonly string[] commits = Ids(random, 7);
    private readonly string[] sessions = Ids(random, 10);
    private readonly string[] turns = Ids(random, 20);
    private readonly string[] visuals = Ids(random, 6);

    public static string NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    public string Any(string kind)
    {
        var row = kind switch
        {
            "commits" => Commit(),
            "sessions" => Session(),
            "turns" => Turn(),
            "visuals" => Visual(),
            "machines" => Machine(),
            _ => Project(),
        };
        Spoil(row);
        return random.Next(150) == 0 ? Pick(Poison.Values) : row.ToString();
    }

    public RawRow Machine() => new RawRow().With("machine_id", Text("m1", "m2", "m3", "m4", "")).With("name", Often("null", Text("ada", "bea", "\u00e9", "")));

    private RawRow Project() => new RawRow().With("name", Text("demo", "other", "third", "")).With("remote_url", Often("null", Text("https://a.example", "https://b.example")));

    private RawRow Commit()
    {
        var row = new RawRow().With("id", Quoted(Pick(commits)));
        if (random.Next(10) > 0)
        {
            row.With("captured", Half(Captured()));
        }

        if (random.Next(3) > 0)
        {
            row.With("curated", Half(Curated()));
        }

        if (random.Next(3) == 0)
        {
            row.With("curated_base", Often(Quoted(Pick(Hashes)), Often("null", random.Next(2) == 0 ? Pick(Poison.Values) : Quoted(new string('x', random.Next(199, 202))))));
        }

        return row;
    }

    /// <summary>A commit is deleted, and turns of it go to other sessions in the same breath; their text changes on the way.</summary>
    public (RawRow Commit, IEnumerable<RawRow> Turns) Leaving()
    {
        var n = random.Next(commits.Length);
        var deletion = Curated().With("deleted_at", Ago(TimeSpan.FromHours(1))).With("version", random.Next(5, 1_000).ToString(CultureInfo.InvariantCulture));
        var leaving = Enumerable.Range(0, turns.Length).Where(turn => turn % sessions.Length % commits.Length == n && random.Next(4) > 0);
        return (
            new RawRow().With("id", Quoted(commits[n])).With("curated", deletion.ToString()),
            leaving.Select(turn => Turn().With("id", Quoted(turns[turn])).With("session_id", Quoted(Pick(sessions))).With("rev", Quoted($"😀{random.Next(10)}"))));
    }

    private RawRow Captured() => new RawRow()
        .With("source", "\"claude_code\"").With("agent_session_id", "\"s\"").With("project", Often(Text("demo", "other"), "null"))
        .With("branch", "\"main\"").With("git_hash", "\"abc\"").With("git_hashes", "[\"abc\",\"é\"]").With("git_subject", "null")
        .With("started_at", Time("2026-02-11T20:36:45.618000Z", "2026-02-12T20:36:45.618Z", "2026-02-13T20:36:45Z"))
        .With("closed_at", Time("2026-02-14T20:36:45.618000Z")).With("closed_by", Text("git_commit", "session_end", "explicit"))
        .With("closed_after", Often("null", Text("t9", "", turns[0]))).With("parallel", Often("false", "true")).With("files_read", Often("[]", "[\"/a/b.cs\"]"))
        .With("derived_title", Often("\"derived\"", "null")).With("turn_count", Often("1", "0")).With("prompt_count", "1")
        .With("bytes", Often("0", Often("100", "5000"))).With("machine_id", Often(Text("m1", "m2", "m5"), "null"))
        .With("rev", Quoted(Pick(Revs))).With("hash", Quoted(Pick(Hashes)));

    private RawRow Curated() => new RawRow()
        .With("title", Often("null", Text("mine", ""))).With("title_set", Often("false", "true")).With("project", Often("null", Text("other", "third")))
        .With("published", Often("false", "true")).With("hidden", "false").With("display_order", "0").With("deleted_at", DeletedAt())
        .With("version", Text("1", "2", "3", "4").Trim('"')).With("updated_at", UpdatedAt()).With("hash", Quoted(Pick(Hashes)));

    private RawRow Session()
    {
        var n = random.Next(sessions.Length);
        return new RawRow().With("id", Quoted(sessions[n])).With("commit_id", Quoted(random.Next(15) == 0 ? Pick(commits) : commits[n % commits.Length]))
            .With("agent_session_id", "\"s\"").With("is_subagent", Often("false", "true")).With("started_at", Time("2026-02-11T20:36:45.618000Z"))
            .With("ended_at", Time("2026-02-11T21:36:45.618000Z")).With("rev", Quoted(Pick(Revs))).With("hash", Quoted(Pick(Hashes)));
    }

    public RawRow Turn()
    {
        var n = random.Next(turns.Length);
        return new RawRow().With("id", Quoted(turns[n])).With("session_id", Quoted(random.Next(8) == 0 ? Pick(sessions) : sessions[n % sessions.Length]))
            .With("ordinal", random.Next(random.Next(2) == 0 ? 3 : 40).ToString(CultureInfo.InvariantCulture)).With("role", Text("user", "assistant"))
            .With("content", Often(Quoted(Pick(Contents)), "null")).With("timestamp", Time("2026-02-11T20:36:45.618000Z")).With("model", Often("null", "\"m\""))
            .With("tool_calls", random.Next(12) == 0 ? Poison.DeepCalls(random) : Often("null", "[{\"id\":\"x\",\"name\":\"Read\",\"input\":{\"b\":1.0,\"a\":[]},\"isError\":false}]"))
            .With("interrupted", Often("false", "true")).With("usage", Often("null", "{\"output_tokens\":7,\"input_tokens\":1}"))
            .With("triggers_visual", "false").With("rev", Quoted(Pick(Revs))).With("hash", Quoted(Pick(Hashes)));
    }

    private RawRow Visual()
    {
        var n = random.Next(visuals.Length);
        return new RawRow().With("id", Quoted(visuals[n])).With("commit_id", Quoted(random.Next(8) == 0 ? Pick(commits) : commits[n % commits.Length]))
            .With("turn_id", Often("null", Quoted(Pick(turns)))).With("type", "\"screenshot\"").With("captured_at", Time("2026-02-11T20:36:45.618000Z"))
            .With("caption", Often("\"a window\"", "null")).With("content_hash", Often(Quoted(new string('0', 64)), "null"))
            .With("byte_size", Text("0", "10", "100").Trim('"')).With("mime", Often("\"image/png\"", Text("image/jpeg", "image/webp", "text/plain")))
            .With("version", Text("1", "2", "3").Trim('"')).With("updated_at", UpdatedAt()).With("deleted_at", DeletedAt())
            .With("rev", Quoted(Pick(Revs))).With("hash", Quoted(Pick(Hashes)));
    }

    /// <summary>One field in some rows is wrong, missing, or there twice.</summary>
    private void Spoil(RawRow row)
    {
        if (random.Next(12) > 0 || row.Fields.Count == 0)
        {
            return;
        }

        var field = random.Next(row.Fields.Count);
        var value = random.Next(8) == 0 ? Poison.Text(random) : Pick(Poison.Values);
        switch (random.Next(6))
        {
            case 0:
                row.Remove(field);
                break;
            case 1:
                row.Repeat(field, value);
                break;
            default:
                row.Replace(field, value);
                break;
        }
    }

    private string Half(RawRow half)
    {
        Spoil(half);
        return half.ToString();
    }

    // Far from every border that now moves, so that a seed replays.
    private string UpdatedAt() => random.Next(8) switch
    {
        0 => Ago(TimeSpan.FromHours(-1)),
        1 => Ago(TimeSpan.FromDays(-100)),
        2 => "\"9999-12-31T23:59:59.999999Z\"",
        3 => Ago(TimeSpan.FromMinutes(1)),
        _ => Time("2026-02-11T22:00:00.000000Z", "2026-02-11T22:00:00.000001Z", "2026-02-12T22:00:00Z"),
    };

    private string DeletedAt() => random.Next(10) switch
    {
        0 => Ago(TimeSpan.FromHours(1)),
        1 => Ago(TimeSpan.FromDays(2)),
        2 => Ago(TimeSpan.FromDays(31)),
        3 => Ago(TimeSpan.FromDays(random.GetItems([-2, -400, 400], 1)[0])),
        _ => "null",
    };

    private string Ago(TimeSpan time) => Quoted((start - time).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    private string Time(params string[] times) => Quoted(Pick(times));

    private string Text(params string[] texts) => Quoted(Pick(texts));

    private string Often(string usual, string other) => random.Next(4) == 0 ? other : usual;

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private static string Quoted(string text) => $"\"{text}\"";

    private static string[] Ids(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => NewId(random))];
}

using CogCommit.Core.Export;
using CogCommit.Core.Export.Reading;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using CsCheck;

namespace CogCommit.Core.Tests.Export;

/// <summary>Rows by hand and by chance.</summary>
internal static class ExportRows
{
    private const string Time = "2026-02-11T20:36:45.618000Z";

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Gen.OneOf("", "plain", "<script>alert(1)</script>", "````\n```", "a\r\nb", "ü 漢 🐢", "\u2028\u0001", "\"quoted\" \\ back", "| # * _")).Select(Clean);

    private static readonly Gen<string?> MaybeText = Text.Select(Gen.Bool, (text, there) => there ? text : null);

    private static readonly Gen<string> Json = Gen.OneOf(
        Gen.Const("[]"),
        Text.Select(text => System.Text.Json.JsonSerializer.Serialize(new[] { text })),
        Gen.Const("""[ { "deep" : [1.50, 1e400, "\u0041"] } ]"""),
        Gen.Const("[\n  1,\n  2\n]"),
        Gen.Const("not json"),
        Gen.Const("\"text\""));

    private static readonly Gen<string> Rev = Gen.OneOf("", "1", "1.2", "z");

    public static Gen<ExportRow[]> Some { get; } = Gen.Select(Commit.Array[0, 3], commits => commits.SelectMany(rows => rows).ToArray());

    private static Gen<ExportRow[]> Commit =>
        from id in Gen.Guid
        from project in MaybeText
        from mine in MaybeText
        from machine in Gen.OneOf<string?>((string?)null, "m1", "m2")
        from captured in Gen.Select(MaybeText, Json, Json, Text, Rev, MaybeText, Gen.Bool)
        from curated in Gen.Select(MaybeText, Gen.Bool, Gen.Bool, Gen.Int, Gen.Int[1, 1000], MaybeText)
        from sessions in Session(id.ToString()).Array[0, 3]
        from visuals in Visual(id.ToString()).Array[0, 2]
        select (ExportRow[])
        [
            .. machine is null ? (ExportRow[])[] : [new ExportRow.Machine(new MachineRow(machine, "laptop"))],
            .. (mine ?? project) is { Length: > 0 } name ? (ExportRow[])[new ExportRow.Project(new ProjectRow(name, "https://example.org/" + name))] : [],
            new ExportRow.Commit(new CommitRow
            {
                Id = id.ToString(),
                Captured = new CapturedFields
                {
                    Source = "claude_code", Project = Name(project), Branch = captured.Item1, GitHashes = captured.Item2, FilesRead = captured.Item3,
                    FilesChanged = captured.Item2, DerivedTitle = captured.Item4, StartedAt = Time, ClosedAt = Time, ClosedBy = "git_commit",
                    MachineId = machine, Rev = captured.Item5, Hash = captured.Item6 ?? "", Parallel = captured.Item7,
                },
                Curated = new CuratedFields
                {
                    Title = curated.Item1, TitleSet = curated.Item2, Hidden = curated.Item3, DisplayOrder = curated.Item4, Project = Name(mine),
                    Version = curated.Item5, UpdatedAt = Time, Hash = curated.Item6 ?? "",
                },
            }),
            .. sessions.SelectMany(rows => rows),
            .. visuals,
        ];

    private static Gen<ExportRow[]> Session(string commit) =>
        from id in Gen.Guid
        from subagent in Gen.Bool
        from key in MaybeText
        from rev in Rev
        from turns in Turn(id.ToString()).Array[1, 4]
        select (ExportRow[])
        [
            new ExportRow.Session(new SessionRow { Id = id.ToString(), CommitId = commit, IsSubagent = subagent, AgentSessionId = key, StartedAt = Time, EndedAt = Time, Rev = rev, Hash = "" }),
            .. turns,
        ];

    private static Gen<ExportRow> Turn(string session) =>
        from id in Gen.Guid
        from ordinal in Gen.Int[0, 5]
        from texts in Gen.Select(MaybeText, MaybeText, MaybeText, Rev)
        from calls in Json
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool)
        select (ExportRow)new ExportRow.Turn(new TurnRow
        {
            Id = id.ToString(), SessionId = session, Ordinal = ordinal, Role = flags.Item1 ? "user" : "assistant", Content = texts.Item1, Timestamp = Time,
            Model = texts.Item2, ToolCalls = flags.Item2 ? calls : null, Interrupted = flags.Item3,
            Usage = flags.Item3 ? """{"input_tokens":3,"output_tokens":4}""" : null, Rev = texts.Item4, Hash = texts.Item3 ?? "",
        });

    private static Gen<ExportRow> Visual(string commit) =>
        from id in Gen.Guid
        from data in Gen.Byte.Array[0, 40]
        from caption in MaybeText
        select (ExportRow)new ExportRow.Visual(Picture(id.ToString(), commit, null, "image/png", data, caption));

    /// <summary>One commit with a prompt and an answer that calls a tool.</summary>
    public static ExportRow[] Conversation(string prompt = "Hello", string answer = "Hi", string? toolCalls = null, string title = "A talk", string commit = "c0000000-0000-4000-8000-000000000001") =>
    [
        new ExportRow.Commit(new CommitRow
        {
            Id = commit,
            Captured = new CapturedFields
            {
                Source = "claude_code", Project = "shop", Branch = "main", GitHash = "abc1234", GitHashes = """["abc1234"]""", GitSubject = "Say hello",
                FilesRead = "[]", FilesChanged = """["src/a.cs"]""", DerivedTitle = title, StartedAt = Time, ClosedAt = "2026-02-11T21:48:45.618000Z",
                ClosedBy = "git_commit", Rev = "1", Hash = "h",
            },
            Curated = new CuratedFields { Version = 1, UpdatedAt = Time, Hash = "" },
        }),
        new ExportRow.Session(new SessionRow { Id = "5" + commit[1..], CommitId = commit, AgentSessionId = "s", StartedAt = Time, EndedAt = Time, Rev = "1", Hash = "" }),
        new ExportRow.Turn(new TurnRow { Id = "1" + commit[1..], SessionId = "5" + commit[1..], Ordinal = 0, Role = "user", Content = prompt, Timestamp = Time, Rev = "1", Hash = "p" }),
        new ExportRow.Turn(new TurnRow { Id = "2" + commit[1..], SessionId = "5" + commit[1..], Ordinal = 1, Role = "assistant", Content = answer, Timestamp = Time, Model = "claude-opus-4-5", ToolCalls = toolCalls, Rev = "1", Hash = "a" }),
    ];

    public static Picture Picture(string id, string commit, string? turn, string mime, byte[] data, string? caption = null) => new(
        new VisualRow
        {
            Id = id, CommitId = commit, TurnId = turn, Type = "screenshot", Mime = mime, ContentHash = VisualFiles.HashOf(data), ByteSize = data.Length,
            CapturedAt = Time, Caption = caption, Rev = "1", Hash = "", Version = 1, UpdatedAt = Time,
        },
        data);

    /// <summary>Empty names are no names, and no text in the store holds what SQLite or PostgreSQL cannot.</summary>
    private static string? Name(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? new System.Text.Rune('?') : rune));
}

using CogCommit.Core.Rows;

namespace CogCommit.Core.Tests.Rows;

public class CapturedHashTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 11, 20, 0, 0, TimeSpan.Zero);

    private static readonly CapturedCommit Commit = new()
    {
        Id = "c", Source = "claude_code", AgentSessionId = "s", Branch = "main", GitHash = "99b497c", GitHashes = ["99b497c"], GitSubject = "x",
        StartedAt = Time, ClosedAt = Time, ClosedBy = "git_commit", FilesRead = ["a", "b"], FilesChanged = [], DerivedTitle = "t",
    };

    private static readonly CapturedTurn Turn = new()
    {
        Id = "t", SessionId = "s", Ordinal = 1, Role = "assistant", Content = "x", Timestamp = Time, Model = "m",
        ToolCalls = [new ToolCall { ToolUseId = "i", Name = "Bash", Input = "{}", Result = null }],
        Usage = new TokenUsage(1, 2, 3, 4),
    };

    // A change of the form makes every row of every device look changed: these pin it.
    [Fact]
    public void The_form_does_not_change_unnoticed()
    {
        string[] hashes =
        [
            CapturedHash.Of(Commit),
            CapturedHash.Of(new CapturedSession { Id = "s", CommitId = "c", StartedAt = Time, EndedAt = Time }),
            CapturedHash.Of(Turn),
            CapturedHash.Of(new CapturedVisual { Id = "v", CommitId = "c", Type = "screenshot", CapturedAt = Time }),
            CuratedHash.Of("c", "t", true, null, false, true, 3, null),
        ];

        string[] expected =
        [
            "c25df7cbfaee4d5dbd46ac0a78bb1acb",
            "d972a1efbc87a46b4679a196b001a429",
            "ef3091be11c4655a7511bbb0eca3f012",
            "28429f0edd77f5167aec9478cbf27756",
            "1912ab04dfd15c118dcf1093cb1174d8",
        ];
        Assert.Equal(expected, hashes);
    }

    [Fact]
    public void Every_field_counts()
    {
        CapturedCommit[] commits =
        [
            Commit, Commit with { Id = "d" }, Commit with { Source = "codex" }, Commit with { AgentSessionId = null }, Commit with { Branch = null },
            Commit with { Branch = "" }, Commit with { GitHash = null }, Commit with { GitHashes = [] }, Commit with { GitSubject = "y" },
            Commit with { StartedAt = Time.AddMicroseconds(1) }, Commit with { ClosedAt = Time.AddMicroseconds(1) }, Commit with { ClosedBy = "explicit" },
            Commit with { ClosedAfter = "t" }, Commit with { FilesRead = ["a"], FilesChanged = ["b"] }, Commit with { FilesRead = ["ab"] },
            Commit with { DerivedTitle = "u" },
        ];
        CapturedTurn[] turns =
        [
            Turn, Turn with { Id = "u" }, Turn with { SessionId = "u" }, Turn with { Ordinal = 2 }, Turn with { Role = "user" }, Turn with { Content = null },
            Turn with { Timestamp = Time.AddDays(1) }, Turn with { Model = null }, Turn with { ToolCalls = [] }, Turn with { Interrupted = true },
            Turn with { TriggersVisual = true }, Turn with { Usage = null }, Turn with { Usage = new TokenUsage(1, 2, 3, 5) },
            Turn with { ToolCalls = [new ToolCall { ToolUseId = "i", Name = "Bash", Input = "{}", Result = "" }] },
            Turn with { ToolCalls = [new ToolCall { ToolUseId = "i", Name = "Bash", Input = "{}", Result = null, IsError = true }] },
        ];

        Assert.Equal(commits.Length, commits.Select(CapturedHash.Of).Distinct().Count());
        Assert.Equal(turns.Length, turns.Select(CapturedHash.Of).Distinct().Count());
    }

    [Fact]
    public void It_is_32_hex_digits_in_lower_case() => Assert.Matches("^[0-9a-f]{32}$", CapturedHash.Of(Commit));

    [Fact]
    public void Equal_rows_have_equal_hashes() =>
        Assert.Equal(CapturedHash.Of(Commit), CapturedHash.Of(Commit with { GitHashes = new List<string> { "99b497c" }, StartedAt = Time.ToOffset(TimeSpan.FromHours(2)) }));

    [Fact]
    public void The_users_words_have_their_own_hash_without_version_and_time() => Assert.Equal(
        6,
        new[]
        {
            CuratedHash.Of("c", null, false, null, false, false, 0, null),
            CuratedHash.Of("c", "t", true, null, false, false, 0, null),
            CuratedHash.Of("c", null, false, "p", false, false, 0, null),
            CuratedHash.Of("c", null, false, null, true, false, 0, null),
            CuratedHash.Of("c", null, false, null, false, true, 0, null),
            CuratedHash.Of("c", null, false, null, false, false, 0, Time),
        }.Distinct().Count());
}

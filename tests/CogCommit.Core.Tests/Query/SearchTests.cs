using CogCommit.Core.Query;
using CogCommit.Core.Tests.Store;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Query;

public sealed class SearchTests : IDisposable
{
    private readonly TempStore _temp = new(new FakeTimeProvider(StoreBuilder.Start.AddDays(10)));

    public void Dispose() => _temp.Dispose();

    private List<SearchHit> Find(string query, long skip = 0, long? first = null) => Find(new SearchFilter { Query = query }, skip, first);

    private List<SearchHit> Find(SearchFilter filter, long skip = 0, long? first = null) =>
        Search.Find(_temp.Store, filter, skip, first, TestContext.Current.CancellationToken).ToList();

    private string Turns(SearchFilter filter) => string.Join(' ', Find(filter).Select(h => h.TurnId ?? h.CommitId).Order());

    private void Two() => _temp.Builder
        .Commit("a", "Mend the retry", "alpha", "main", changed: ["src/Retry.cs"]).Session("s")
        .Prompt("please add\n\tretry with backoff", "a1")
        .Answer("done", "a2", toolCalls: """[{"name":"Bash","input":{"command":"grep jitter"},"result":"no jitter"}]""")
        .At(StoreBuilder.Start.AddDays(1))
        .Commit("b", "Other", "beta", "feature/x", source: "codex").Session("t").Prompt("retry more", "b1");

    [Fact]
    public void A_hit_says_where_and_shows_the_match_on_one_line()
    {
        Two();
        var hit = Find(new SearchFilter { Query = "backoff" }).Single();
        Assert.Equal(("a", "s", "a1", "Mend the retry", "alpha", "user"), (hit.CommitId, hit.SessionId, hit.TurnId, hit.Title, hit.ProjectName, hit.Role));
        Assert.Equal("please add retry with \u0002backoff\u0003", hit.MarkedSnippet());
        Assert.Equal("please add retry with «backoff»", hit.Snippet);
        Assert.Equal(StoreBuilder.Start, hit.Timestamp);
        Assert.True(hit.Rank > 0);
    }

    [Fact]
    public void A_commit_itself_is_a_hit_by_title_or_file()
    {
        Two();
        var hit = Find(new SearchFilter { Query = "Retry.cs" }).Single();
        Assert.Equal(("a", null, null, "commit", "src/\u0002Retry.cs\u0003"), (hit.CommitId, hit.SessionId, hit.TurnId, hit.Role, hit.MarkedSnippet()));
    }

    [Fact]
    public void All_filters_hold()
    {
        Two();
        Assert.Equal("a a1 b1", Turns(new SearchFilter { Query = "retry" }));
        Assert.Equal("b1", Turns(new SearchFilter { Query = "retry", Projects = ["B*"] }));
        Assert.Equal("b1", Turns(new SearchFilter { Query = "retry", Branches = ["feature/*"] }));
        Assert.Equal("b1", Turns(new SearchFilter { Query = "retry", Sources = ["codex"] }));
        Assert.Equal("a1 b1", Turns(new SearchFilter { Query = "retry", Roles = ["user"] }));
        Assert.Equal("a", Turns(new SearchFilter { Query = "retry", Roles = ["commit"] }));
        Assert.Equal("", Turns(new SearchFilter { Query = "retry", Tools = ["bash"] }));
        Assert.Equal("a2", Turns(new SearchFilter { Query = "jitter", Tools = ["bash"] }));
        Assert.Equal("b1", Turns(new SearchFilter { Query = "retry", Since = StoreBuilder.Start.AddHours(1) }));
        Assert.Equal("a a1", Turns(new SearchFilter { Query = "retry", Until = StoreBuilder.Start.AddHours(1) }));
    }

    [Fact]
    public void Hidden_and_deleted_commits_are_not_found()
    {
        Two();
        _temp.Store.Write(t => t.Execute("update cognitive_commits set hidden = id = 'a', deleted_at = case id when 'b' then '' end"));
        Assert.Empty(Find("retry"));
        Assert.Equal("a a1", Turns(new SearchFilter { Query = "retry", Visibility = Visibility.All }));
    }

    [Fact]
    public void Pages_are_full_though_hits_in_hidden_commits_lie_between()
    {
        for (var i = 0; i < 6; i++)
        {
            _temp.Builder.Commit($"c{i}").Session($"s{i}").Prompt("retry", $"t{i}");
        }

        _temp.Store.Write(t => t.Execute("update cognitive_commits set hidden = row % 2"));
        Assert.Equal(["t5", "t3", "t1"], Find("retry").Select(h => h.TurnId));
        Assert.Equal(["t3", "t1"], Find("retry", skip: 1, first: 2).Select(h => h.TurnId));
        Assert.Equal(3, Search.Count(_temp.Store, new SearchFilter { Query = "retry" }, TestContext.Current.CancellationToken));
        Assert.Equal("t0 t2 t4", Turns(new SearchFilter { Query = "retry", Visibility = Visibility.HiddenOnly }));
    }

    [Fact]
    public void A_role_is_found_in_what_it_said()
    {
        _temp.Builder.Commit("c", "needle").Session("s").Prompt("a needle", "asked").Answer("the needle", "said")
            .Answer("done", "called", toolCalls: """[{"name":"Bash","input":{"command":"find needle"},"result":""}]""");
        Assert.Equal("asked", Turns(new SearchFilter { Query = "needle", Roles = ["user"] }));
        Assert.Equal("called said", Turns(new SearchFilter { Query = "needle", Roles = ["assistant"] }));
        Assert.Equal("asked called said", Turns(new SearchFilter { Query = "needle", Roles = ["user", "assistant"] }));
        Assert.Equal("asked c", Turns(new SearchFilter { Query = "needle", Roles = ["commit", "user"] }));
        Assert.Equal("asked", Turns(new SearchFilter { Query = "needle NOT found OR lost", Roles = ["user"] }));
    }

    [Fact]
    public void What_a_person_asked_ranks_above_what_a_tool_printed_and_the_newer_above_the_older()
    {
        _temp.Builder.Commit("c").Session("s")
            .Answer("filler words here", "tool", toolCalls: """[{"name":"Bash","input":{},"result":"needle"}]""")
            .Prompt("needle words here", "old").Prompt("other text", "x").Prompt("more text", "y")
            .At(StoreBuilder.Start.AddDays(9)).Prompt("needle words here", "new");
        Assert.Equal(["new", "old", "tool"], Find("needle").Select(h => h.TurnId));
    }

    [Fact]
    public void Pages_join_without_gap_or_overlap_also_beyond_what_is_ranked()
    {
        _temp.Builder.Commit("c").Session("s");
        const int All = Search.Ranked + 50;
        _temp.Store.Write(t =>
        {
            for (var i = 0; i < All; i++)
            {
                t.Execute("insert into turns (id, session_id, role, content, timestamp) values ($id, 's', 'user', 'common', '2026-03-01T00:00:00Z')", ("$id", $"{i}"));
            }
        });
        var filter = new SearchFilter { Query = "common" };
        var whole = Find(filter).Select(h => h.TurnId).ToList();
        Assert.Equal(All, whole.Distinct().Count());
        Assert.Equal(All, Search.Count(_temp.Store, filter, TestContext.Current.CancellationToken));
        foreach (var (skip, first) in new[] { (0, 1), (Search.Ranked - 1, 2), (Search.Ranked, 1), (All - 1, 5), (All, 1), (0, 0) })
        {
            Assert.Equal(whole.Skip(skip).Take(first), Find(filter, skip, first).Select(h => h.TurnId));
        }
    }

    [Fact]
    public void A_page_holds_turns_and_commits_in_the_order_of_their_rank()
    {
        const int Commits = 15;
        for (var n = 0; n < Commits; n++)
        {
            // Longer and longer, so that no two rank alike; and what stands between is found no more than it should be.
            var filler = string.Concat(Enumerable.Repeat(" filler", n));
            _temp.Builder.Commit($"c{n}", $"needle{filler}").Session($"s{n}").Prompt($"needle{filler}", $"p{n}").Prompt("other", $"o{n}").Answer($"needle{filler}", $"a{n}");
        }

        var whole = Find("needle");
        Assert.Equal(3 * Commits, whole.Select(hit => (hit.CommitId, hit.TurnId)).Distinct().Count());
        Assert.Equal(whole.OrderByDescending(hit => hit.Rank).Select(hit => hit.Rank), whole.Select(hit => hit.Rank));
        Assert.True(whole.Select(hit => hit.Role).Zip(whole.Skip(1), (role, next) => role != next.Role).Count(differs => differs) > 5, "Turns and commits do not lie between each other.");
        var single = Enumerable.Range(0, whole.Count).Select(skip => Assert.Single(Find("needle", skip, 1)));
        Assert.Equal(whole.Select(hit => (hit.CommitId, hit.TurnId, hit.Role, hit.Snippet)), single.Select(hit => (hit.CommitId, hit.TurnId, hit.Role, hit.Snippet)));
    }

    [Fact]
    public void Writing_without_spaces_is_found_within_and_shown_as_it_was()
    {
        _temp.Builder.Commit("c", "标题世界").Session("s").Prompt("我们的世界test", "t");
        Assert.Equal("c t", Turns(new SearchFilter { Query = "世界" }));
        Assert.Equal("t", Turns(new SearchFilter { Query = "世界test" }));
        Assert.Equal("我们的\u0002世界\u0003test", Find(new SearchFilter { Query = "世界", Roles = ["user"] }).Single().MarkedSnippet());
    }

    [Fact]
    public void The_index_is_read_and_nothing_is_scanned()
    {
        using var reader = _temp.Store.OpenReader();
        using var command = reader.CreateCommand();
        var conditions = SearchIndex.Turns.Conditions(new SearchFilter { Query = "", Projects = ["x"], Roles = ["user"] }, "\"x\"")!;
        command.CommandText = $"explain query plan select 1 from {SearchIndex.Turns.FromWithCommit} where {conditions.Sql} order by turn_index.rowid desc";
        foreach (var (name, value) in conditions.Parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var plan = command.ExecuteReader();
        var steps = new List<string>();
        while (plan.Read())
        {
            steps.Add(plan.GetString(3));
        }

        Assert.DoesNotContain(steps, s => s.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.All(steps.Where(s => s.StartsWith("SCAN", StringComparison.Ordinal)),
            s => Assert.Matches("^SCAN (turn_index VIRTUAL TABLE INDEX .*M|pattern|json_each|value)", s));
    }

    [Theory]
    [InlineData("a\n b\t\tc", "a b c")]
    [InlineData("x \uFDD0m\uFDD1 \u0002y\u0003", "x \u0002m\u0003 y")]
    [InlineData("\u200B世\u200B\u200B界", "世界")]
    public void A_snippet_is_one_line(string raw, string line) => Assert.Equal(line, Snippet.OneLine(raw));

    [Fact]
    public void A_snippet_stays_short_whatever_surrounds_the_match()
    {
        var line = Snippet.OneLine(new string('x', 100_000) + " \uFDD0" + new string('m', 100_000) + "\uFDD1");
        Assert.InRange(line.Length, 100, 250);
        Assert.Equal((1, 1), (line.Count(c => c == '\u0002'), line.Count(c => c == '\u0003')));
    }
}

using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Query;

public sealed class CommitReaderTests : IDisposable
{
    private readonly TempStore _temp = new();

    private StoreFile Store => _temp.Store;

    private StoreBuilder Build => _temp.Builder;

    public void Dispose() => _temp.Dispose();

    private string Ids(CommitFilter filter, long skip = 0, long? first = null) =>
        string.Join(' ', CommitReader.Read(Store, filter, skip, first, TestContext.Current.CancellationToken).Select(c => c.Id));

    private void Three()
    {
        Build.Commit("a", project: "Alpha", branch: "main").At(StoreBuilder.Start.AddDays(1))
            .Commit("b", project: "beta", branch: "feature/x").At(StoreBuilder.Start.AddDays(2))
            .Commit("c", project: null, branch: null);
    }

    [Fact]
    public void All_properties_are_read()
    {
        Build.Commit("a", "Title", "p", "b", "abcdef1", ["abcdef1", "abcdef2"], "subject", read: ["r.cs"], changed: ["x.cs", "y.cs"])
            .Session("s").Prompt("hello").Answer("hi", usage: """{"input_tokens":5,"output_tokens":7}""")
            .Session("sub", subagent: true).Prompt("do");
        var commit = Assert.Single(CommitReader.Read(Store, new CommitFilter(), ct: TestContext.Current.CancellationToken));
        Assert.Equal(
            ("a", "Title", "p", "b", "abcdef1", "abcdef1;abcdef2", "subject", "git_commit", "claude_code"),
            (commit.Id, commit.Title, commit.ProjectName, commit.Branch, commit.GitHash, commit.GitHashes.ToString(), commit.GitSubject, commit.ClosedBy, commit.Source));
        Assert.Equal((2, 3, 1, 5L, 7L), (commit.SessionCount, commit.TurnCount, commit.PromptCount, commit.InputTokens, commit.OutputTokens));
        Assert.Equal(("r.cs", "x.cs;y.cs", "pending", 1), (commit.FilesRead.ToString(), commit.FilesChanged.ToString(), commit.SyncStatus, commit.Version));
        Assert.Equal((StoreBuilder.Start, 120.0), (commit.StartedAt, commit.DurationSeconds));
    }

    [Fact]
    public void The_newest_comes_first_and_pages_join_without_gap_or_overlap()
    {
        Three();
        Assert.Equal("c b a", Ids(new CommitFilter()));
        Assert.Equal("c b", Ids(new CommitFilter(), first: 2));
        Assert.Equal("b a", Ids(new CommitFilter(), skip: 1));
        Assert.Equal("", Ids(new CommitFilter(), skip: 3));
        Assert.Equal("", Ids(new CommitFilter(), first: 0));
        Assert.Equal(3, CommitReader.Count(Store, new CommitFilter()));
    }

    [Theory]
    [InlineData("alpha", "a")]
    [InlineData("A*", "a")]
    [InlineData("*a", "b a")]
    [InlineData("[a-b]*", "b a")]
    [InlineData("nothing", "")]
    public void Projects_match_with_wildcards_in_any_case(string pattern, string ids)
    {
        Three();
        Assert.Equal(ids, Ids(new CommitFilter { Projects = [pattern] }));
    }

    [Fact]
    public void The_project_that_the_user_set_counts()
    {
        Three();
        Store.Write(t => t.Execute("update cognitive_commits set project_set = 'mended' where id = 'a'"));
        Assert.Equal("a", Ids(new CommitFilter { Projects = ["mended"] }));
        Assert.Equal("", Ids(new CommitFilter { Projects = ["alpha"] }));
    }

    [Fact]
    public void Filters_join_by_and_their_items_by_or()
    {
        Three();
        Assert.Equal("b a", Ids(new CommitFilter { Branches = ["main", "feature/*"] }));
        Assert.Equal("b", Ids(new CommitFilter { Branches = ["main", "feature/*"], Projects = ["beta"] }));
        Assert.Equal("b a", Ids(new CommitFilter { CommitIds = ["a", "b"], Sources = ["claude_code"], ClosedBy = ["git_commit", "explicit"] }));
        Assert.Equal("", Ids(new CommitFilter { ClosedBy = ["explicit"] }));
    }

    [Fact]
    public void Since_and_until_take_what_lies_partly_within_closed_before_what_lies_wholly_before()
    {
        Build.Commit("a").Session("s").Prompt("1").Prompt("2").Prompt("3");
        var (start, end) = (StoreBuilder.Start, StoreBuilder.Start.AddMinutes(2));
        var tick = TimeSpan.FromMicroseconds(1);
        Assert.Equal("a", Ids(new CommitFilter { Since = end }));
        Assert.Equal("", Ids(new CommitFilter { Since = end + tick }));
        Assert.Equal("a", Ids(new CommitFilter { Until = start }));
        Assert.Equal("", Ids(new CommitFilter { Until = start - tick }));
        Assert.Equal("", Ids(new CommitFilter { ClosedBefore = end }));
        Assert.Equal("a", Ids(new CommitFilter { ClosedBefore = end + tick }));
    }

    [Theory]
    [InlineData("abcdef1", true)]
    [InlineData("ABCDEF12", true)]
    [InlineData("abcdef1234567890abcdef", true)]
    [InlineData("abcdef2", false)]
    [InlineData("1234567", true)]
    public void Either_hash_may_be_the_beginning_of_the_other(string asked, bool found)
    {
        Build.Commit("a", gitHash: "abcdef12", gitHashes: ["1234567", "abcdef12"]);
        Assert.Equal(found ? "a" : "", Ids(new CommitFilter { GitHash = asked }));
    }

    [Fact]
    public void A_hash_that_is_too_short_is_an_error() =>
        Assert.Equal("InvalidGitHash", Assert.Throws<CogCommitException>(() => Ids(new CommitFilter { GitHash = "abcdef" })).ErrorId);

    [Theory]
    [InlineData("src/One.cs", "in win")]
    [InlineData(@"src\one.cs", "in win")]
    [InlineData(@".\src\one.cs", "in win")]
    [InlineData("one.cs", "in win")]
    [InlineData("ne.cs", "")]
    [InlineData("*.cs", "in win")]
    [InlineData("/home/ada/demo/src/one.cs", "in")]
    [InlineData("/home/ada/demo/src/*.cs", "in")]
    [InlineData("/elsewhere/demo/src/one.cs", "in")]
    [InlineData("/elsewhere/other/src/*.cs", "")]
    [InlineData("/tmp/notes.md", "out")]
    [InlineData("/tmp/*", "out")]
    [InlineData(@"C:\x\src\one.cs", "win")]
    [InlineData("c:/x/*", "win")]
    [InlineData("C:/demo/src/one.cs", "in")]
    public void Files_match_in_both_path_forms(string pattern, string ids)
    {
        Build.Commit("win", changed: [@"C:\x\src\one.cs"]).Commit("out", read: ["/tmp/notes.md"]).Commit("in", changed: ["src/one.cs"]);
        Store.Write(t => t.Execute("insert into projects (name, local_path) values ('demo', '/home/ada/demo')"));
        Assert.Equal(ids, string.Join(' ', Ids(new CommitFilter { Files = [pattern] }).Split(' ').Order()));
    }

    [Fact]
    public void Hidden_ones_are_left_out_unless_asked_for_and_deleted_ones_always()
    {
        Build.Commit("a").Commit("h", hidden: true).Commit("d", deletedAt: "2026-01-01T00:00:00.000000Z");
        Assert.Equal("a", Ids(new CommitFilter()));
        Assert.Equal("h", Ids(new CommitFilter { Visibility = Visibility.HiddenOnly }));
        Assert.Equal("a h", Ids(new CommitFilter { Visibility = Visibility.All }));
        Assert.NotNull(CommitReader.Find(Store, "h"));
        Assert.Null(CommitReader.Find(Store, "d"));
    }

    [Fact]
    public void A_prefix_finds_ids_in_order_and_not_too_many()
    {
        Build.Commit("ab1").Commit("ab2").Commit("ac");
        Assert.Equal(["ab1", "ab2"], CommitReader.FindByIdPrefix(Store, "AB").Select(c => c.Id));
        Assert.Single(CommitReader.FindByIdPrefix(Store, "a", atMost: 1));
        Assert.Empty(CommitReader.FindByIdPrefix(Store, "b%"));
    }

    [Theory]
    [InlineData("select 1", "synced")]
    [InlineData("update turns set change_seq = pushed_seq + 1", "pending")]
    [InlineData("update sessions set change_seq = pushed_seq + 1", "pending")]
    [InlineData("update cognitive_commits set change_seq = pushed_seq + 1", "pending")]
    [InlineData("update turns set change_seq = pushed_seq + 1, tried_seq = pushed_seq + 1, push_state = 'error'", "error")]
    [InlineData("update turns set change_seq = pushed_seq + 2, tried_seq = pushed_seq + 1, push_state = 'error'", "pending")]
    [InlineData("update turns set change_seq = pushed_seq + 1, tried_seq = pushed_seq + 1, push_state = 'too_large'", "too_large")]
    [InlineData("update cognitive_commits set change_seq = pushed_seq + 1, push_state = 'over_limit'", "over_limit")]
    [InlineData("insert into conflicts values ('x', 'a', '{}', '{}', 'local', '', null)", "conflict")]
    [InlineData("insert into conflicts values ('x', 'a', '{}', '{}', 'local', '', 'resolved')", "synced")]
    [InlineData("delete from turns", "filtered")]
    [InlineData("update turns set content = 'Warmup', change_seq = pushed_seq + 1", "filtered")]
    [InlineData("update turns set content = 'Warmup!'", "synced")]
    [InlineData("update turns set content = 'warmup'", "synced")]
    [InlineData("update turns set content = null", "synced")]
    public void The_sync_status_follows_from_the_rows(string change, string status)
    {
        Build.Commit("a").Session("s").Prompt("hello").Pushed();
        Store.Write(t =>
        {
            t.Execute(change);
            t.RefreshTotals(["a"]);
        });
        Assert.Equal(status, CommitReader.Find(Store, "a")!.SyncStatus);
        Assert.Equal("a", Ids(new CommitFilter { SyncStatuses = [status] }));
    }

    [Fact]
    public void Stopping_ends_the_stream_and_frees_the_store()
    {
        Three();
        using var stop = new CancellationTokenSource();
        using var rows = CommitReader.Read(Store, new CommitFilter(), ct: stop.Token).GetEnumerator();
        Assert.True(rows.MoveNext());
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => rows.MoveNext());
        Assert.Equal("c b a", Ids(new CommitFilter()));
    }
}

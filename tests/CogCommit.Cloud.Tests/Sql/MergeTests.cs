using System.Globalization;
using System.Text.Json.Nodes;
using CogCommit.Testing;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>Who wins, both ways round: what comes first must not matter.</summary>
public sealed class MergeTests(PostgresFixture postgres) : SqlTests(postgres)
{
    [Theory]
    [MemberData(nameof(ExpectedWinners.Captured), MemberType = typeof(ExpectedWinners))]
    public async Task Of_two_captured_turns_the_greater_rev_and_hash_stays(string rev, string hash, string otherRev, string otherHash, string winner)
    {
        var user = await Cloud.AddUserAsync();
        var (_, session, _, batch) = Whole();
        await user.PushAsync(batch);
        foreach (var (first, then, expected) in BothWays((Rev: rev, Hash: hash), (Rev: otherRev, Hash: otherHash), winner))
        {
            var turn = NewId();
            await user.PushAsync(Of(Turn(turn, session, "first", first.Rev, first.Hash)));
            var answer = await user.PushAsync(Of(Turn(turn, session, "second", then.Rev, then.Hash)));
            Assert.Equal(expected, answer.Status("turns", turn));
            Assert.Equal(expected == "accepted" ? "second" : "first", (string?)(await user.PullAsync()).Row("turns", turn)!["content"]);
            Assert.Equal(expected == "lost" ? "first" : null, (string?)answer["cloud"]!.AsObject().Row("turns", turn)?["content"]);
        }
    }

    [Theory]
    [MemberData(nameof(ExpectedWinners.Captured), MemberType = typeof(ExpectedWinners))]
    public async Task The_same_holds_for_commits_and_sessions(string rev, string hash, string otherRev, string otherHash, string winner)
    {
        var user = await Cloud.AddUserAsync();
        foreach (var (first, then, expected) in BothWays((Rev: rev, Hash: hash), (Rev: otherRev, Hash: otherHash), winner))
        {
            var (commit, session) = (NewId(), NewId());
            await user.PushAsync(Of(Commit(commit, Captured(first.Rev, first.Hash, row => row["branch"] = "first")), Session(session, commit, first.Rev, first.Hash)));
            var answer = await user.PushAsync(Of(Commit(commit, Captured(then.Rev, then.Hash, row => row["branch"] = "second")), Session(session, commit, then.Rev, then.Hash)));
            Assert.Equal(expected, answer.Status("commits", commit, "captured"));
            Assert.Equal(expected, answer.Status("sessions", session));
            Assert.Equal(expected == "accepted" ? "second" : "first", (string?)(await user.PullAsync()).Row("commits", commit)!["captured"]!["branch"]);
            Assert.Equal(expected == "lost", answer["cloud"]!.AsObject().Row("commits", commit) is not null);
            Assert.Equal(expected == "lost", answer["cloud"]!.AsObject().Row("sessions", session) is not null);
        }
    }

    [Theory]
    [MemberData(nameof(ExpectedWinners.Curated), MemberType = typeof(ExpectedWinners))]
    public async Task Of_two_edits_the_greater_version_then_time_then_hash_stays(
        int version, string at, string hash, int otherVersion, string otherAt, string otherHash, string winner)
    {
        var user = await Cloud.AddUserAsync();
        foreach (var (first, then, expected) in BothWays((version, at, hash), (otherVersion, otherAt, otherHash), winner))
        {
            var commit = NewId();
            await user.PushAsync(Of(Commit(commit, Captured(), Edit(first, "first"))));
            var answer = await user.PushAsync(Of(Commit(commit, curated: Edit(then, "second"))));
            Assert.Equal(expected, answer.Status("commits", commit, "curated"));
            Assert.Equal("null", answer.Status("commits", commit, "captured"));
            Assert.Equal(expected == "accepted" ? "second" : "first", await TitleAsync(user, commit));
        }
    }

    [Theory]
    [MemberData(nameof(ExpectedWinners.Visuals), MemberType = typeof(ExpectedWinners))]
    public async Task Of_two_visuals_the_greater_version_then_rev_then_time_then_hash_stays(
        int version, string rev, string at, string hash, int otherVersion, string otherRev, string otherAt, string otherHash, string winner)
    {
        var user = await Cloud.AddUserAsync();
        var commit = NewId();
        await user.PushAsync(Of(Commit(commit, Captured())));
        foreach (var (first, then, expected) in BothWays((version, rev, at, hash), (otherVersion, otherRev, otherAt, otherHash), winner))
        {
            var visual = NewId();
            await user.PushAsync(Of(Picture(visual, first, "first")));
            var answer = await user.PushAsync(Of(Picture(visual, then, "second")));
            Assert.Equal(expected, answer.Status("visuals", visual));
            Assert.Equal(expected == "accepted" ? "second" : "first", (string?)(await user.PullAsync()).Row("visuals", visual)!["caption"]);
        }

        (string Kind, JsonNode Row) Picture(string id, (int Version, string Rev, string At, string Hash) state, string caption) => Visual(
            id, commit, state.Version, but: row => (row["rev"], row["updated_at"], row["hash"], row["caption"]) = (state.Rev, state.At, state.Hash, caption));
    }

    [Fact]
    public async Task The_halves_of_a_commit_are_merged_apart()
    {
        var user = await Cloud.AddUserAsync();
        var commit = NewId();
        await user.PushAsync(Of(Commit(commit, Captured("2"), Edit((1, "2026-01-01T00:00:00.000000Z", "a"), "one"))));
        var answer = await user.PushAsync(Of(Commit(commit, Captured("1"), Edit((2, "2026-01-01T00:00:00.000000Z", "a"), "two"))));
        Assert.Equal("lost", answer.Status("commits", commit, "captured"));
        Assert.Equal("accepted", answer.Status("commits", commit, "curated"));
        Assert.Equal("two", await TitleAsync(user, commit));
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("2", "1")]
    [InlineData("1", "1")]
    public async Task Parallel_stays_true_once_any_device_says_so(string rev, string otherRev)
    {
        var user = await Cloud.AddUserAsync();
        var commit = NewId();
        await user.PushAsync(Of(Commit(commit, Captured(rev))));
        await user.PushAsync(Of(Commit(commit, Captured(otherRev, but: row => row["parallel"] = true))));
        Assert.True((bool)(await user.PullAsync()).Row("commits", commit)!["captured"]!["parallel"]!);
        await user.PushAsync(Of(Commit(commit, Captured("3"))));
        Assert.True((bool)(await user.PullAsync()).Row("commits", commit)!["captured"]!["parallel"]!);
    }

    [Fact]
    public async Task A_time_ahead_of_the_cloud_is_lowered_to_five_minutes_from_now_and_stays_the_same_edit_when_repeated()
    {
        var user = await Cloud.AddUserAsync();
        var commit = NewId();
        var edit = Curated(1, "2999-01-01T00:00:00.000000Z");
        var answer = await user.PushAsync(Of(Commit(commit, Captured(), edit)));
        var stored = DateTimeOffset.Parse((string)(await user.PullAsync()).Row("commits", commit)!["curated"]!["updated_at"]!, CultureInfo.InvariantCulture);
        Assert.Equal(DateTimeOffset.Parse((string)answer["now"]!, CultureInfo.InvariantCulture).AddMinutes(5), stored);

        answer = await user.PushAsync(Of(Commit(commit, curated: edit)));
        Assert.Equal("unchanged", answer.Status("commits", commit, "curated"));
    }

    [Fact]
    public async Task A_version_above_2_to_the_30_is_refused_and_its_half_alone()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, other) = (NewId(), NewId());
        var answer = await user.PushAsync(Of(Commit(commit, Captured(), Curated((1 << 30) + 1)), Commit(other, Captured(), Curated(1 << 30))));
        Assert.Equal("accepted", answer.Status("commits", commit, "captured"));
        Assert.Equal("refused", answer.Status("commits", commit, "curated"));
        Assert.Equal("version", answer.Reason("commits", commit));
        Assert.Equal("accepted", answer.Status("commits", other, "curated"));
    }

    [Fact]
    public async Task What_is_shown_is_the_users_title_and_project_or_else_those_of_capture()
    {
        var user = await Cloud.AddUserAsync();
        var commit = NewId();
        const string Shown = "select title || '|' || project_name || '|' || (select name from public.projects p where p.id = project_id) from public.cognitive_commits where local_id = $1";
        await user.PushAsync(Of(Commit(commit, Captured(), Curated())));
        Assert.Equal("derived|demo|demo", await user.ScalarAsync(Shown, Guid.Parse(commit)));
        await user.PushAsync(Of(Commit(commit, curated: Curated(2, but: row => (row["title"], row["title_set"], row["project"]) = ("mine", true, "other")))));
        Assert.Equal("mine|other|other", await user.ScalarAsync(Shown, Guid.Parse(commit)));
        await user.PushAsync(Of(Commit(commit, Captured("2", but: row => row["derived_title"] = "longer"))));
        Assert.Equal("mine|other|other", await user.ScalarAsync(Shown, Guid.Parse(commit)));
        await user.PushAsync(Of(Commit(commit, curated: Curated(3))));
        Assert.Equal("longer|demo|demo", await user.ScalarAsync(Shown, Guid.Parse(commit)));
    }

    /// <summary>Which comes first, which second, and what the second is told.</summary>
    private static (T First, T Then, string Expected)[] BothWays<T>(T one, T other, string winner) =>
    [
        (one, other, ExpectedWinners.StatusOfSecond(winner)),
        (other, one, ExpectedWinners.StatusOfSecond(ExpectedWinners.Reversed(winner))),
    ];

    private static JsonObject Edit((int Version, string At, string Hash) state, string title) =>
        Curated(state.Version, state.At, state.Hash, row => (row["title"], row["title_set"]) = (title, true));

    private static async Task<string?> TitleAsync(CloudUserSession user, string commit) =>
        (string?)(await user.PullAsync()).Row("commits", commit)!["curated"]!["title"];
}

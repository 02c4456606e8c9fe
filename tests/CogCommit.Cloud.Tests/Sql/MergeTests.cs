using System.Globalization;
using System.Text.Json.Nodes;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>Who wins, both ways round: what comes first must not matter.</summary>
public sealed class MergeTests(PostgresFixture postgres) : SqlTests(postgres)
{
    public static TheoryData<string, string, string, string, string> CapturedPairs => new()
    {
        { "2", "a", "1", "z", "lost" },          // the greater revision, whatever the hash
        { "10", "a", "9", "a", "accepted" },     // bytes, not numbers
        { "1", "b", "1", "a", "lost" },          // then the greater hash
        { "1", "B", "1", "a", "accepted" },      // bytes, not a language's order
        { "1", "a", "1", "a", "unchanged" },
        { "é", "a", "z", "a", "lost" },
    };

    public static TheoryData<int, string, string, int, string, string, string> CuratedPairs => new()
    {
        { 2, "2026-01-01", "a", 1, "2026-01-02", "z", "lost" },      // version before time
        { 1, "2026-01-02", "a", 1, "2026-01-01", "z", "lost" },      // time before hash
        { 1, "2026-01-01", "b", 1, "2026-01-01", "a", "lost" },
        { 1, "2026-01-01", "a", 1, "2026-01-01", "a", "unchanged" },
        { 1, "2026-01-01", "a", 2, "2025-01-01", "a", "accepted" },
    };

    [Theory]
    [MemberData(nameof(CapturedPairs))]
    public async Task Of_two_captured_turns_the_greater_rev_and_hash_stays(string rev, string hash, string otherRev, string otherHash, string second)
    {
        var user = await Cloud.AddUserAsync();
        var (_, session, turn, batch) = Whole();
        await user.PushAsync(batch);
        var first = Turn(Batch.NewId(), session, "one", rev, hash);
        turn = (string)first.Row["id"]!;
        await user.PushAsync(Of(first));

        var answer = await user.PushAsync(Of(Turn(turn, session, "two", otherRev, otherHash)));
        Assert.Equal(second, answer.Status("turns", turn));
        Assert.Equal(second == "accepted" ? "two" : "one", (string?)(await user.PullAsync()).Row("turns", turn)!["content"]);
        Assert.Equal(second == "lost" ? "one" : null, (string?)answer["cloud"]!.AsObject().Row("turns", turn)?["content"]);
    }

    [Theory]
    [MemberData(nameof(CapturedPairs))]
    public async Task The_same_holds_for_commits_and_sessions(string rev, string hash, string otherRev, string otherHash, string second)
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session) = (NewId(), NewId());
        await user.PushAsync(Of(Commit(commit, Captured(rev, hash, row => row["branch"] = "one")), Session(session, commit, rev, hash)));
        var answer = await user.PushAsync(Of(Commit(commit, Captured(otherRev, otherHash, row => row["branch"] = "two")), Session(session, commit, otherRev, otherHash)));
        Assert.Equal(second, answer.Status("commits", commit, "captured"));
        Assert.Equal(second, answer.Status("sessions", session));
        Assert.Equal(second == "accepted" ? "two" : "one", (string?)(await user.PullAsync()).Row("commits", commit)!["captured"]!["branch"]);
        Assert.Equal(second == "lost", answer["cloud"]!.AsObject().Row("commits", commit) is not null);
        Assert.Equal(second == "lost", answer["cloud"]!.AsObject().Row("sessions", session) is not null);
    }

    [Theory]
    [MemberData(nameof(CuratedPairs))]
    public async Task Of_two_edits_the_greater_version_then_time_then_hash_stays(
        int version, string day, string hash, int otherVersion, string otherDay, string otherHash, string second)
    {
        var user = await Cloud.AddUserAsync();
        var commit = NewId();
        await user.PushAsync(Of(Commit(commit, Captured(), Edit(version, day, hash, "one"))));
        var answer = await user.PushAsync(Of(Commit(commit, curated: Edit(otherVersion, otherDay, otherHash, "two"))));
        Assert.Equal(second, answer.Status("commits", commit, "curated"));
        Assert.Equal("null", answer.Status("commits", commit, "captured"));
        Assert.Equal(second == "accepted" ? "two" : "one", await TitleAsync(user, commit));
    }

    [Fact]
    public async Task The_halves_of_a_commit_are_merged_apart()
    {
        var user = await Cloud.AddUserAsync();
        var commit = NewId();
        await user.PushAsync(Of(Commit(commit, Captured("2"), Edit(1, "2026-01-01", "a", "one"))));
        var answer = await user.PushAsync(Of(Commit(commit, Captured("1"), Edit(2, "2026-01-01", "a", "two"))));
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

    [Fact]
    public async Task Visuals_merge_by_version_then_rev_then_time_then_hash()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, visual) = (NewId(), NewId());
        await user.PushAsync(Of(Commit(commit, Captured()), Visual(visual, commit, 2)));
        Assert.Equal("lost", await PushVisual(1, row => row["rev"] = "9"));
        Assert.Equal("unchanged", await PushVisual(2));
        Assert.Equal("accepted", await PushVisual(2, row => row["rev"] = "2"));
        Assert.Equal("lost", await PushVisual(2, row => row["updated_at"] = "2026-02-12T00:00:00.000000Z"));
        Assert.Equal("accepted", await PushVisual(3));

        async Task<string> PushVisual(int version, Action<JsonObject>? but = null) =>
            (await user.PushAsync(Of(Visual(visual, commit, version, but: but)))).Status("visuals", visual);
    }

    private static JsonObject Edit(int version, string day, string hash, string title) =>
        Curated(version, $"{day}T00:00:00.000000Z", hash, row => (row["title"], row["title_set"]) = (title, true));

    private static async Task<string?> TitleAsync(CloudUserSession user, string commit) =>
        (string?)(await user.PullAsync()).Row("commits", commit)!["curated"]!["title"];
}

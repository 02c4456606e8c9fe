using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

public sealed class PushTests(PostgresFixture postgres) : SqlTests(postgres)
{
    [Fact]
    public async Task A_commit_with_its_session_and_turn_is_accepted_and_read_back()
    {
        var user = await Cloud.AddUserAsync("octocat");
        var (commit, session, turn, batch) = Whole();
        var answer = await user.PushAsync(batch);
        Assert.Equal("accepted", answer.Status("commits", commit, "captured"));
        Assert.Equal("accepted", answer.Status("commits", commit, "curated"));
        Assert.Equal("accepted", answer.Status("sessions", session));
        Assert.Equal("accepted", answer.Status("turns", turn));
        Assert.Equal((0, 1), ((int)answer["before"]!, (int)answer["seq"]!));

        var page = await user.PullAsync();
        Assert.Equal(batch["turns"]![0]!.ToJsonString(), Ordered(page.Row("turns", turn)!, batch["turns"]![0]!));
        Assert.Equal(batch["sessions"]![0]!.ToJsonString(), Ordered(page.Row("sessions", session)!, batch["sessions"]![0]!));
        Assert.Equal(batch["commits"]![0]!["captured"]!.ToJsonString(), Ordered(page.Row("commits", commit)!["captured"]!, batch["commits"]![0]!["captured"]!));
        Assert.Equal(batch["commits"]![0]!["curated"]!.ToJsonString(), Ordered(page.Row("commits", commit)!["curated"]!, batch["commits"]![0]!["curated"]!));
    }

    // jsonb orders keys by its own rule.
    private static string Ordered(System.Text.Json.Nodes.JsonNode row, System.Text.Json.Nodes.JsonNode like) =>
        new System.Text.Json.Nodes.JsonObject(like.AsObject().Select(pair => KeyValuePair.Create(pair.Key, row[pair.Key]?.DeepClone()))).ToJsonString();
}

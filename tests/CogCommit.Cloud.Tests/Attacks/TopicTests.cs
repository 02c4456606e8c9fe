using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Realtime asks the policies of realtime.messages who may listen on a topic and who may send there.</summary>
public sealed class TopicTests(PostgresFixture postgres) : AttackTests(postgres)
{
    public static TheoryData<string> Topics => ["user:@victim", "user:@VICTIM", "USER:@victim", " user:@victim", "user:@victim ", "user:@victim:x", "user:", "user:*", "user:%", "realtime:user:@victim", "*", "", "user:@mine,user:@victim"];

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task Nobody_listens_on_or_sends_to_another_s_topic(string topic)
    {
        topic = topic.Replace("@victim", Victim.UserId.ToString(), StringComparison.Ordinal).Replace("@VICTIM", Victim.UserId.ToString().ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("@mine", Attacker.Id.ToString(), StringComparison.Ordinal);
        foreach (var (role, claims) in new (string, JsonObject?)[] { ("authenticated", Attacker.Claims), ("authenticated", null), ("anon", null), ("anon", VictimSession.Claims) })
        {
            Assert.Equal("0", await OnAsync(topic, role, claims, "select count(*) from realtime.messages"));
            Assert.Equal("42501", await OnAsync(topic, role, claims, "insert into realtime.messages (topic, extension, event, private) values ($1, 'broadcast', 'push', true)", topic));
            Assert.Equal("42501", await OnAsync(topic, role, claims, "insert into realtime.messages (topic, extension) values ($1, 'presence')", topic));
            Assert.Equal("0", await OnAsync(topic, role, claims, "with x as (update realtime.messages set payload = '{}' returning 1) select count(*) from x"));
            Assert.Equal("42501", await OnAsync(topic, role, claims, "delete from realtime.messages"));
            // It swallows what it meets; nothing is sent all the same.
            await OnAsync(topic, role, claims, "select realtime.send('{\"seq\": 99}', 'push', $1, true)", topic);
            Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from realtime.messages where payload ->> 'seq' = '99'"));
        }
    }

    [Fact]
    public async Task On_one_s_own_topic_one_listens_and_does_not_send()
    {
        await Attacker.PushAsync(Batch.Whole().Batch);
        var topic = $"user:{Attacker.Id}";
        // The policy asks which topic is joined, and Realtime shows no other topic's messages by it: here are only counts of what it lets through.
        Assert.NotEqual("0", await OnAsync(topic, "authenticated", Attacker.Claims, "select count(*) from realtime.messages where topic = $1", topic));
        Assert.Equal("42501", await OnAsync(topic, "authenticated", Attacker.Claims, "insert into realtime.messages (topic, extension) values ($1, 'broadcast')", topic));
    }

    private async Task<string?> OnAsync(string topic, string role, JsonObject? claims, string sql, params object[] parameters)
    {
        string? answer;
        try
        {
            answer = await Cloud.ActAsync(role, claims, async connection =>
            {
                await CloudDatabase.ScalarAsync(connection, "select set_config('realtime.topic', $1, true)", topic);
                return await CloudDatabase.ScalarAsync(connection, sql, parameters);
            });
        }
        catch (Npgsql.PostgresException e)
        {
            answer = e.SqlState;
        }

        Tried(answer, topic);
        return answer;
    }
}

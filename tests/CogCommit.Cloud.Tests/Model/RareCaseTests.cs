using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>What random batches seldom meet, to both clouds.</summary>
public sealed class RareCaseTests(PostgresFixture postgres) : SqlTests(postgres)
{
    [Fact]
    public async Task What_moves_out_of_a_deleted_commit_frees_its_room_once()
    {
        var pair = new CloudPair(Cloud, await Cloud.AddUserAsync());
        await pair.SetQuotaAsync(250, 120);
        var (left, there, fresh) = (NewId(), NewId(), NewId());
        var (from, to, other, turn, stays) = (NewId(), NewId(), NewId(), NewId(), NewId());
        await PushAsync(pair, Of(
            Commit(left, Captured()), Session(from, left), Turn(turn, from, new string('x', 100)), Commit(there, Captured()), Session(to, there), Turn(stays, to, "")));
        await PushAsync(pair, Of(
            Commit(left, curated: Curated(but: row => row["deleted_at"] = "2026-02-12T00:00:00.000000Z")),
            Turn(turn, to, new string('x', 100), rev: "2"),
            Commit(fresh, Captured(but: row => row["started_at"] = "2026-01-01T00:00:00.000000Z")), Session(other, fresh), Turn(NewId(), other, new string('y', 50))));
        Assert.Equal((there, false), (pair.Model.Sessions[pair.Model.Turns[turn].SessionId].CommitId, pair.Model.Commits.ContainsKey(fresh)));
    }

    [Fact]
    public async Task Of_two_last_turns_the_smaller_id_is_where_a_purged_commit_ended()
    {
        var pair = new CloudPair(Cloud, await Cloud.AddUserAsync());
        var (commit, session) = (NewId(), NewId());
        string[] turns = [.. Enumerable.Range(0, 5).Select(_ => NewId()).Order(StringComparer.Ordinal)];
        await PushAsync(pair, Of([
            Commit(commit, Captured(but: row => row["closed_by"] = "session_end"), Curated(but: row => row["deleted_at"] = "2026-02-12T00:00:00.000000Z")),
            Session(session, commit), .. turns.Select((id, n) => Turn(id, session, but: row => row["ordinal"] = n == 0 ? 1 : 7))]));
        await pair.BackdateAsync(commit, TimeSpan.FromDays(31));
        await PushAsync(pair, Of());
        Assert.Equal((true, turns[1]), (pair.Model.Commits[commit].Purged, pair.Model.Commits[commit].Captured.ClosedAfter));
    }

    private static Task PushAsync(CloudPair pair, JsonObject batch) => pair.PushAsync(batch.ToJsonString());
}

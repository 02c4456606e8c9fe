using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>The ids of what an honest user has, and what of it nobody else may ever read.</summary>
/// <param name="UserId">Their id.</param>
/// <param name="Commit">The local id of a live commit, with a session, a turn and a visual below it.</param>
/// <param name="Session">Its session.</param>
/// <param name="Turn">Its turn.</param>
/// <param name="Visual">Its visual.</param>
/// <param name="Secret">A text that stands in every field of theirs that holds text.</param>
internal sealed record Honest(Guid UserId, string Commit, string Session, string Turn, string Visual, string Secret)
{
    public static Honest New(Guid userId) => new(userId, Batch.NewId(), Batch.NewId(), Batch.NewId(), Batch.NewId(), "secret-" + Guid.NewGuid().ToString("N"));

    /// <summary>All that they push: so that every table has a row of theirs.</summary>
    public JsonObject Everything()
    {
        var deleted = Batch.NewId();
        var batch = Batch.Of(
            Batch.Commit(
                Commit,
                Batch.Captured(but: row =>
                {
                    foreach (var field in new[] { "project", "branch", "git_subject", "derived_title", "machine_id", "agent_session_id" })
                    {
                        row[field] = Secret;
                    }
                }),
                Batch.Curated(but: row => (row["title"], row["title_set"]) = (Secret, true))),
            Batch.Commit(deleted, Batch.Captured(), Batch.Curated(2, but: row => row["deleted_at"] = "2026-02-12T00:00:00.000000Z")),
            Batch.Session(Session, Commit),
            Batch.Turn(Turn, Session, Secret, but: row => row["tool_calls"] = new JsonArray(new JsonObject { ["id"] = Secret })),
            Batch.Visual(Visual, Commit, byteSize: 20, but: row => row["caption"] = Secret));
        batch["machine"] = new JsonObject { ["machine_id"] = Secret, ["name"] = Secret };
        batch["projects"] = new JsonArray(new JsonObject { ["name"] = Secret, ["remote_url"] = Secret });
        return batch;
    }

    /// <summary>What they say lets nobody know of them: neither their id nor a word of theirs.</summary>
    public void AssertNotIn(string? answer, string attack)
    {
        foreach (var theirs in new[] { Secret, UserId.ToString("D"), UserId.ToString("N") })
        {
            Assert.False(answer?.Contains(theirs, StringComparison.OrdinalIgnoreCase) ?? false, $"{attack}: {answer}");
        }
    }
}

using System.Text;
using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.CloudModel;
using CogCommit.Testing;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>The model held to the same table of winners as the device and the SQL.</summary>
public class ModelMergeTests
{
    [Theory]
    [MemberData(nameof(ExpectedWinners.Captured), MemberType = typeof(ExpectedWinners))]
    public void Captured_rows(string rev, string hash, string otherRev, string otherHash, string winner)
    {
        AssertSecond(rev, hash, otherRev, otherHash, ExpectedWinners.StatusOfSecond(winner));
        AssertSecond(otherRev, otherHash, rev, hash, ExpectedWinners.StatusOfSecond(ExpectedWinners.Reversed(winner)));

        static void AssertSecond(string rev, string hash, string otherRev, string otherHash, string expected)
        {
            var cloud = new ModelCloud(TimeProvider.System);
            var (commit, session, turn) = (NewId(), NewId(), NewId());
            Push(cloud, Of(Commit(commit, Captured(rev, hash)), Session(session, commit, rev, hash), Turn(turn, session, "first", rev, hash)));
            var answer = Push(cloud, Of(Commit(commit, Captured(otherRev, otherHash)), Session(session, commit, otherRev, otherHash), Turn(turn, session, "second", otherRev, otherHash)));
            Assert.Equal(expected, answer.Status("commits", commit, "captured"));
            Assert.Equal(expected, answer.Status("sessions", session));
            Assert.Equal(expected, answer.Status("turns", turn));
            Assert.Equal(expected == "accepted" ? "second" : "first", cloud.Turns[turn].Content);
        }
    }

    [Theory]
    [MemberData(nameof(ExpectedWinners.Curated), MemberType = typeof(ExpectedWinners))]
    public void Curated_halves(int version, string at, string hash, int otherVersion, string otherAt, string otherHash, string winner)
    {
        AssertSecond(Curated(version, at, hash), Curated(otherVersion, otherAt, otherHash), ExpectedWinners.StatusOfSecond(winner));
        AssertSecond(Curated(otherVersion, otherAt, otherHash), Curated(version, at, hash), ExpectedWinners.StatusOfSecond(ExpectedWinners.Reversed(winner)));

        static void AssertSecond(JsonObject first, JsonObject second, string expected)
        {
            var cloud = new ModelCloud(TimeProvider.System);
            var commit = NewId();
            Push(cloud, Of(Commit(commit, Captured(), first)));
            Assert.Equal(expected, Push(cloud, Of(Commit(commit, curated: second))).Status("commits", commit, "curated"));
            Assert.Equal((string?)(expected == "accepted" ? second : first)["hash"], cloud.Commits[commit].Curated.Hash);
        }
    }

    [Theory]
    [MemberData(nameof(ExpectedWinners.Visuals), MemberType = typeof(ExpectedWinners))]
    public void Visuals(int version, string rev, string at, string hash, int otherVersion, string otherRev, string otherAt, string otherHash, string winner)
    {
        AssertSecond((version, rev, at, hash), (otherVersion, otherRev, otherAt, otherHash), ExpectedWinners.StatusOfSecond(winner));
        AssertSecond((otherVersion, otherRev, otherAt, otherHash), (version, rev, at, hash), ExpectedWinners.StatusOfSecond(ExpectedWinners.Reversed(winner)));

        static void AssertSecond((int Version, string Rev, string At, string Hash) first, (int Version, string Rev, string At, string Hash) second, string expected)
        {
            var cloud = new ModelCloud(TimeProvider.System);
            var (commit, visual) = (NewId(), NewId());
            Push(cloud, Of(Commit(commit, Captured()), Picture(visual, commit, first)));
            Assert.Equal(expected, Push(cloud, Of(Picture(visual, commit, second))).Status("visuals", visual));
        }

        static (string Kind, JsonNode Row) Picture(string id, string commit, (int Version, string Rev, string At, string Hash) state) =>
            Visual(id, commit, state.Version, but: row => (row["rev"], row["updated_at"], row["hash"]) = (state.Rev, state.At, state.Hash));
    }

    private static JsonObject Push(ModelCloud cloud, JsonObject batch) =>
        JsonNode.Parse(cloud.Push(Encoding.UTF8.GetBytes(batch.ToJsonString())).GetRawText())!.AsObject();
}

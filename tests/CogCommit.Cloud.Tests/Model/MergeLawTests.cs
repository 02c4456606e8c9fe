using System.Text;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.Cloud.Tests.Sync;
using CogCommit.CloudModel;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;
using CogCommit.Core.Sync;
using CsCheck;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>
/// Merging is one rule in two places, and in the model of the second: whatever three states of a row meet, in whatever order and grouping, each
/// place ends with the row that the device's Merge makes of them.
/// </summary>
public sealed class MergeLawTests(PostgresFixture postgres) : SqlTests(postgres)
{
    private const string PictureCommit = "00000000-0000-4000-8000-00000000ffff";

    // Few values, so that ties are common.
    private static readonly string[] Words = ["", "a", "b", "aa", "Z", "é", "\uFFFD", "😀"];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(n => Words[n]);

    private static readonly Gen<CapturedFields> AnyCaptured = Gen.Select(Word, Word, Gen.Bool).Select((rev, hash, parallel) => new CapturedFields
    {
        Source = "claude_code",
        StartedAt = Time(0),
        ClosedAt = Time(1),
        ClosedBy = "session_end",
        // What a row says follows from its revision and hash; of `parallel` alone that is not so.
        Branch = $"{rev}|{hash}",
        Parallel = parallel,
        Rev = rev,
        Hash = hash,
    });

    private static readonly Gen<CuratedFields> AnyCurated = Gen.Select(Gen.Int[1, 2], Gen.Int[0, 1], Word)
        .Select((version, second, hash) => new CuratedFields { TitleSet = true, Title = hash, Version = version, UpdatedAt = Time(second), Hash = hash });

    private static readonly Gen<(CapturedFields, CuratedFields, (int, string, int, string))[]> Triple =
        Gen.Select(AnyCaptured, AnyCurated, Gen.Select(Gen.Int[1, 2], Word, Gen.Int[0, 1], Word)).Array[3];

    [Fact]
    public Task In_PostgreSQL_neither_order_nor_grouping_nor_repetition_matters_and_the_device_agrees() => Triple.Array[1, 60].SampleAsync(
        triples => HoldAsync(triples, async () => new DatabaseCloud(await Cloud.AddUserAsync())), iter: 8, threads: 1);

    [Fact]
    public Task In_the_model_neither_order_nor_grouping_nor_repetition_matters_and_the_device_agrees() => Triple.Array[1, 60].SampleAsync(
        triples => HoldAsync(triples, () => Task.FromResult<ICloud>(new ModelAsCloud(new ModelCloud(TimeProvider.System)))), iter: 100, threads: 1);

    private static async Task HoldAsync((CapturedFields, CuratedFields, (int, string, int, string))[][] triples, Func<Task<ICloud>> newCloud)
    {
        State[] states = [.. Enumerable.Range(0, 3).Select(n => new State(
            [.. triples.Select((triple, row) => Commit(row, triple[n].Item1, triple[n].Item2))],
            [.. triples.Select((triple, row) => Visual(row, triple[n].Item3))]))];
        var expected = Merged(states[0], Merged(states[1], states[2]));

        foreach (var order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            var cloud = await newCloud();
            await PushAsync(cloud, [.. order.Select(n => states[n])]);
            var seq = await AssertHoldsAsync(expected, cloud);

            // All of it once more, and the result itself: nothing is written.
            await PushAsync(cloud, [.. states, expected]);
            Assert.Equal(seq, await AssertHoldsAsync(expected, cloud));
        }

        // Two of them meet elsewhere, and what they became meets the third.
        var (elsewhere, here) = (await newCloud(), await newCloud());
        await PushAsync(elsewhere, states[1], states[2]);
        await PushAsync(here, states[0], await HeldAsync(elsewhere));
        await AssertHoldsAsync(expected, here);
    }

    private static State Merged(State one, State other) => new(
        [.. one.Commits.Zip(other.Commits, (a, b) => a with { Captured = Merge.Captured(a.Captured!, b.Captured!), Curated = Merge.Curated(a.Curated!, b.Curated!) })],
        [.. one.Visuals.Zip(other.Visuals, (a, b) => Merge.CompareVisuals(a, b) >= 0 ? a : b)]);

    private static async Task<long> AssertHoldsAsync(State expected, ICloud cloud)
    {
        var (held, seq) = (await HeldAsync(cloud), PullPage.Read(await cloud.PullAsync(null, 1 << 24, CancellationToken.None)).Cursor!.Seq);
        Assert.Equal(expected.Commits, held.Commits);
        Assert.Equal(expected.Visuals, held.Visuals);
        return seq;
    }

    private static async Task<State> HeldAsync(ICloud cloud)
    {
        var rows = PullPage.Read(await cloud.PullAsync(null, 1 << 24, CancellationToken.None)).Rows;
        return new State(
            [.. rows.Commits.Where(row => row.Id != PictureCommit).OrderBy(row => row.Id, StringComparer.Ordinal)],
            [.. rows.Visuals.Select(row => row with { CloudPath = null }).OrderBy(row => row.Id, StringComparer.Ordinal)]);
    }

    private static async Task PushAsync(ICloud cloud, params State[] states)
    {
        foreach (var state in states)
        {
            var commits = state.Commits.Append(new CommitRow
            {
                Id = PictureCommit,
                Captured = state.Commits[0].Captured! with { Rev = "", Hash = "", Branch = "", Parallel = true },
            });
            var batch = $$"""
                {"protocol":1,"push_id":"{{Guid.NewGuid()}}","commits":[{{Joined(commits.Select(RowJson.Write))}}],"visuals":[{{Joined(state.Visuals.Select(RowJson.Write))}}]}
                """;
            PushAnswer.Read(await cloud.PushAsync(Encoding.UTF8.GetBytes(batch), CancellationToken.None));
        }
    }

    private static string Joined(IEnumerable<byte[]> rows) => string.Join(',', rows.Select(Encoding.UTF8.GetString));

    private static CommitRow Commit(int row, CapturedFields captured, CuratedFields curated) =>
        new() { Id = $"00000000-0000-4000-8000-{row:x12}", Captured = captured, Curated = curated };

    private static VisualRow Visual(int row, (int Version, string Rev, int Second, string Hash) state) => new()
    {
        Id = $"00000000-0000-4000-9000-{row:x12}",
        CommitId = PictureCommit,
        Type = "screenshot",
        CapturedAt = Time(0),
        Caption = $"{state.Version}|{state.Rev}|{state.Hash}",
        Version = state.Version,
        UpdatedAt = Time(state.Second),
        Rev = state.Rev,
        Hash = state.Hash,
    };

    private static string Time(int second) => $"2026-01-01T00:00:0{second}.000000Z";

    private sealed record State(IReadOnlyList<CommitRow> Commits, IReadOnlyList<VisualRow> Visuals);
}

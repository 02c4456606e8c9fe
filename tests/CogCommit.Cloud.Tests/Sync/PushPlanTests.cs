using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

public class PushPlanTests
{
    private const int N = 5;

    // Every edge of a page: 0, 1, n-1, n, n+1, 2n, 2n+1.
    [Theory]
    [InlineData(0)]
    [InlineData(1, 1)]
    [InlineData(N - 1, N - 1)]
    [InlineData(N, N)]
    [InlineData(N + 1, N, 1)]
    [InlineData(2 * N, N, N)]
    [InlineData((2 * N) + 1, N, N, 1)]
    public void A_batch_holds_at_most_so_many_rows(int rows, params int[] batches) =>
        Assert.Equal(batches, Sizes(Enumerable.Repeat(10, rows), new BatchLimits(Rows: N, Bytes: 1_000, RowBytes: 4_000)));

    [Theory]
    [InlineData(0)]
    [InlineData(1, 1)]
    [InlineData(N - 1, N - 1)]
    [InlineData(N, N)]
    [InlineData(N + 1, N, 1)]
    [InlineData(2 * N, N, N)]
    public void A_batch_holds_at_most_so_many_bytes(int rows, params int[] batches) =>
        Assert.Equal(batches, Sizes(Enumerable.Repeat(10, rows), new BatchLimits(Rows: 1_000, Bytes: N * 10, RowBytes: 4_000)));

    [Fact]
    public void A_row_larger_than_a_batch_goes_alone()
    {
        Assert.Equal([2, 1, 1], Sizes([10, 10, 51, 10], new BatchLimits(Rows: 1_000, Bytes: 50, RowBytes: 4_000)));
        Assert.Equal([1, 1, 2], Sizes([60, 60, 10, 10], new BatchLimits(Rows: 1_000, Bytes: 50, RowBytes: 4_000)));
    }

    [Fact]
    public void Packing_keeps_the_order_and_loses_nothing()
    {
        var rows = Enumerable.Range(0, 23).Select(i => Row(i % 7 * 10, i.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var packed = PushPlan.Pack(rows, new BatchLimits(Rows: 4, Bytes: 90, RowBytes: 4_000)).SelectMany(batch => batch).ToList();
        Assert.Equal(rows.Select(row => row.Id), packed.Select(row => row.Id));
    }

    [Theory]
    [InlineData(0, false, false, "Filtered")]     // no turn
    [InlineData(3, true, false, "Filtered")]      // a warm-up
    [InlineData(3, false, false, "Push")]
    [InlineData(0, false, true, "Push")]          // the cloud has it: it is kept in step
    [InlineData(3, true, true, "Push")]
    public void What_needs_no_upload_is_filtered(int turns, bool warmup, bool confirmed, string action) => Assert.Equal(
        action,
        PushPlan.Decide(State() with { TurnCount = turns, Warmup = warmup, Confirmed = confirmed }, new Room(null), retry: false).ToString());

    [Fact]
    public void What_was_over_the_limit_is_tried_again_only_while_there_is_room()
    {
        var room = new Room(new Quota { CommitLimit = 10, Commits = 8, StorageLimitBytes = 1_000, Bytes = 0 });
        var waiting = State() with { PushState = "over_limit", Bytes = 100 };
        Assert.Equal(
            [PushAction.Push, PushAction.Push, PushAction.OverLimit],
            Enumerable.Range(0, 3).Select(_ => PushPlan.Decide(waiting, room, retry: false)));
        Assert.Equal(PushAction.Push, PushPlan.Decide(waiting, room, retry: true));
    }

    [Fact]
    public void A_commit_too_large_for_the_room_leaves_it_to_smaller_ones()
    {
        var room = new Room(new Quota { CommitLimit = 10, Commits = 0, StorageLimitBytes = 1_000, Bytes = 500 });
        var waiting = State() with { PushState = "over_limit" };
        Assert.Equal(PushAction.OverLimit, PushPlan.Decide(waiting with { Bytes = 501 }, room, retry: false));
        Assert.Equal(PushAction.Push, PushPlan.Decide(waiting with { Bytes = 500 }, room, retry: false));
        Assert.Equal(PushAction.OverLimit, PushPlan.Decide(waiting with { Bytes = 1 }, room, retry: false));
    }

    [Fact]
    public void An_edit_of_a_commit_that_outgrew_the_limit_goes_without_the_rest()
    {
        var room = new Room(new Quota { StorageLimitBytes = 1, Bytes = 1 });
        var outgrown = State() with { PushState = "over_limit", Bytes = 100, Confirmed = true };
        Assert.Equal(PushAction.OverLimit, PushPlan.Decide(outgrown, room, retry: false));
        Assert.Equal(PushAction.PushEdit, PushPlan.Decide(outgrown with { EditWaits = true }, room, retry: false));
        Assert.Equal(PushAction.OverLimit, PushPlan.Decide(outgrown with { EditWaits = true, Confirmed = false }, room, retry: false));
    }

    [Fact]
    public void A_deletion_needs_no_room() => Assert.Equal(
        PushAction.Push,
        PushPlan.Decide(
            State() with { PushState = "over_limit", Deleted = true, Confirmed = true },
            new Room(new Quota { CommitLimit = 1, Commits = 1, StorageLimitBytes = 1, Bytes = 1 }),
            retry: false));

    [Fact]
    public void What_was_refused_waits_until_it_changes_or_is_asked_for()
    {
        var refused = State() with { HasFreshRows = false, HasErrors = true };
        Assert.Equal(PushAction.Error, PushPlan.Decide(refused, new Room(null), retry: false));
        Assert.Equal(PushAction.TooLarge, PushPlan.Decide(refused with { HasErrors = false }, new Room(null), retry: false));
        Assert.Equal(PushAction.Push, PushPlan.Decide(refused with { HasFreshRows = true }, new Room(null), retry: false));
        Assert.Equal(PushAction.Push, PushPlan.Decide(refused, new Room(null), retry: true));
        Assert.Equal(PushAction.Error, PushPlan.Decide(refused with { HasFreshRows = true, RowRefused = true }, new Room(null), retry: false));
    }

    private static CommitState State() => new() { Id = "c", TurnCount = 3, HasFreshRows = true };

    private static List<int> Sizes(IEnumerable<int> bytes, BatchLimits limits) =>
        [.. PushPlan.Pack(bytes.Select(size => Row(size)), limits).Select(batch => batch.Count)];

    private static OutgoingRow Row(int bytes, string id = "t") =>
        new() { Kind = RowKind.Turn, Id = id, CommitId = "c", ParentId = "s", ChangeSeq = 1, Json = new byte[bytes] };
}

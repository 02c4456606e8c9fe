using CogCommit.Simulation.Tests.Steps;

namespace CogCommit.Simulation.Tests;

/// <summary>What the simulation found, in the fewest steps, by the name of what must hold.</summary>
public sealed partial class RegressionTests(ITestOutputHelper output)
{
    [Fact]
    public Task An_edit_made_on_a_state_that_somebody_else_edited_meanwhile_archives_what_it_beats() => Holds(new(67,
    [
        new(StepKind.Grow, 2, 976, 846),
        new(StepKind.Sync, 2),
        new(StepKind.Grow, 0, 478, 733),
        new(StepKind.Rename, 0, 821, 821),
        new(StepKind.Rename, 2, 701, 954),
    ]));

    [Fact]
    public Task A_turn_cut_by_a_deletion_elsewhere_says_again_what_the_longer_transcript_says() => Holds(new(40,
    [
        new(StepKind.Grow, 3, 695, 130),
        new(StepKind.Delete, 3, 989, 382),
        new(StepKind.Grow, 3, 83, 54),
        new(StepKind.Grow, 2, 302, 656),
        new(StepKind.Grow, 0, 599, 47),
    ]));

    [Fact]
    public Task A_turn_that_was_deleted_with_its_commit_leaves_the_commit_in_which_another_device_put_it() => Holds(new(157,
    [
        new(StepKind.Grow, 3, 916, 484),
        new(StepKind.Delete, 1, 878, 19),
        new(StepKind.Grow, 1, 940, 872),
        new(StepKind.Grow, 0, 452, 394),
        new(StepKind.Grow, 0, 532, 446),
        new(StepKind.Delete, 3, 872, 432),
        new(StepKind.Rename, 2, 5, 121),
    ]));

    [Fact]
    public Task A_queued_prompt_gets_one_place_on_every_device() => Holds(new(7,
    [
        new(StepKind.Grow, 3, 402, 804),
        new(StepKind.Grow, 1, 124, 83),
    ]));

    [Fact]
    public Task Turns_that_went_into_a_commit_deleted_before_it_was_sent_leave_the_one_where_the_cloud_has_them() => Holds(new(1020,
    [
        new(StepKind.Grow, 2, 269, 721),
        new(StepKind.Sync, 2),
        new(StepKind.Sync, 3),
        new(StepKind.Grow, 2, 700, 687),
        new(StepKind.Grow, 1, 436, 794),
        new(StepKind.Delete, 0, 576, 905),
    ]));

    [Fact]
    public Task A_deletion_in_the_middle_of_a_verify_leaves_both_sides_alike() => Holds(new(1257,
    [
        new(StepKind.Grow, 0, 59, 489),
        new(StepKind.Grow, 2, 534, 746),
        new(StepKind.Push, 0, 555, 766),
        new(StepKind.Sync, 2, 238, 265),
        new(StepKind.Grow, 2, 685, 498),
        new(StepKind.Meanwhile, 3, 149, 947, new(StepKind.Delete, 2, 642, 759)),
        new(StepKind.Hide, 3, 716, 389),
        new(StepKind.Verify, 3, 228, 727),
    ]));

    [Fact]
    public Task What_a_restored_cloud_lacks_comes_back_when_there_is_room() => Holds(new(1267,
    [
        new(StepKind.LowerQuota, 0, 672, 548),
        new(StepKind.BackUpCloud),
        new(StepKind.Grow, 0, 817, 722),
        new(StepKind.Sync, 3),
        new(StepKind.Sync, 2),
        new(StepKind.RestoreCloud),
    ]));

    [Fact]
    public Task An_edit_of_the_future_has_one_time_also_when_the_answer_was_lost() => Holds(new(1271,
    [
        new(StepKind.Grow, 3, 368, 315),
        new(StepKind.Fault, 3, 572, 10),
        new(StepKind.Pull, 0, 865, 353),
        new(StepKind.SetClockWrong, 0, 177, 253),
        new(StepKind.Push, 3, 731, 987),
        new(StepKind.Rename, 0, 514, 274),
        new(StepKind.Push, 3, 260, 282),
    ]));

    [Fact]
    public Task Verify_finds_nothing_where_all_is_well() => Holds(new(1464,
    [
        new(StepKind.GrowSilently, 2, 793, 922),
        new(StepKind.Grow, 0, 221, 411),
        new(StepKind.Grow, 3, 971, 461),
        new(StepKind.Grow, 3, 889, 279),
        new(StepKind.Close, 0, 122, 236),
    ]));

    [Fact]
    public Task A_second_sync_sends_nothing() => Holds(new(1579,
    [
        new(StepKind.Grow, 1, 584, 102),
        new(StepKind.Grow, 2, 48, 687),
        new(StepKind.GrowSilently, 2, 383, 583),
        new(StepKind.Grow, 1, 631, 695),
    ]));

    [Fact]
    public Task A_deletion_that_loses_brings_back_also_what_was_said_meanwhile() => Holds(new(1327,
    [
        new(StepKind.Grow, 3, 907, 81),
        new(StepKind.Sync, 0, 471, 213),
        new(StepKind.Delete, 0, 667, 292),
        new(StepKind.Grow, 3, 610, 844),
        new(StepKind.Pull, 1, 417, 222),
        new(StepKind.Rename, 1, 50, 897),
    ]));

    [Fact]
    public Task What_was_pruned_and_grew_meanwhile_is_whole_when_it_is_fetched() => Holds(new(1403,
    [
        new(StepKind.Grow, 0, 164, 201),
        new(StepKind.Sync, 2, 585, 582),
        new(StepKind.Prune, 2, 436, 211),
        new(StepKind.Grow, 2, 869, 244),
        new(StepKind.Fetch, 2),
    ]));

    [Fact]
    public Task What_was_said_of_a_commit_comes_back_to_a_cloud_that_was_restored_without_it() => Holds(new(21056,
    [
        new(StepKind.BackUpCloud),
        new(StepKind.Crash, 3, 288, 753),
        new(StepKind.Grow, 0, 619, 110),
        new(StepKind.Grow, 1, 223, 103),
        new(StepKind.GrowSilently, 3, 726, 16),
        new(StepKind.Sync, 1, 758, 350),
        new(StepKind.Close, 1, 884, 990),
        new(StepKind.Delete, 3, 971, 328),
        new(StepKind.RestoreCloud),
        new(StepKind.Push, 1, 101, 764),
    ]));

    [Fact]
    public Task A_boundary_that_was_pruned_with_its_commit_reveals_itself_to_the_longer_transcript() => Holds(new(25146,
    [
        new(StepKind.Grow, 2, 794, 266),
        new(StepKind.PruneByForce, 2, 933, 987),
        new(StepKind.Grow, 0, 862, 720),
        new(StepKind.Grow, 2, 746, 160),
    ]));

    [Fact]
    public Task Of_two_that_capture_the_same_commit_one_machine_stands_on_it_everywhere() => Holds(new(23081,
    [
        new(StepKind.Fault, 0, 858, 818),
        new(StepKind.Sync, 0, 146, 720),
        new(StepKind.Grow, 0, 420, 695),
        new(StepKind.Fault, 3, 335, 910),
        new(StepKind.PushAll, 0, 896, 239),
        new(StepKind.Verify, 1, 46, 446),
        new(StepKind.Grow, 1, 297, 473),
        new(StepKind.PushAll, 1, 687, 612),
    ]));

    [Fact]
    public Task An_edit_of_a_purged_commit_that_had_met_its_deletion_before_is_in_the_archive() => Holds(new(25269,
    [
        new(StepKind.Grow, 3, 505, 174),
        new(StepKind.Grow, 1, 561, 173),
        new(StepKind.Delete, 1, 462, 305),
        new(StepKind.Grow, 2, 69, 549),
        new(StepKind.Push, 1, 110, 282),
        new(StepKind.WaitMonth),
        new(StepKind.Rename, 2, 836, 997),
    ]));

    [Fact]
    public Task Verify_takes_no_purged_commit_for_damage() => Holds(new(817,
    [
        new(StepKind.Grow, 1, 907, 212),
        new(StepKind.Rename, 1, 852, 712),
        new(StepKind.Delete, 1, 256, 962),
        new(StepKind.Meanwhile, 0, 63, 171, new(StepKind.Sync, 1, 471, 393)),
        new(StepKind.Sync, 3, 114, 799),
        new(StepKind.Grow, 2, 130, 603),
        new(StepKind.WaitMonth, 1, 65, 116),
    ]));

    [Fact]
    public Task Two_processes_that_push_one_edit_of_a_clock_ahead_leave_one_version() => Holds(new(4211,
    [
        new(StepKind.Grow, 2, 55, 489),
        new(StepKind.SetClockWrong, 2, 702, 532),
        new(StepKind.Rename, 2, 259, 198),
        new(StepKind.Meanwhile, 0, 230, 107, new(StepKind.Push, 0, 754, 81)),
        new(StepKind.Pull, 2, 113, 341),
        new(StepKind.Sync, 2, 285, 856),
    ]));

    [Fact]
    public Task A_pull_of_everything_notices_a_cloud_that_was_restored_to_nothing() => Holds(new(6187,
    [
        new(StepKind.BackUpCloud, 1, 747, 892),
        new(StepKind.Grow, 0, 895, 27),
        new(StepKind.Push, 0, 862, 235),
        new(StepKind.RestoreCloud, 1, 365, 451),
        new(StepKind.PullAnew, 2, 572, 99),
    ]));

    [Fact]
    public Task A_device_that_only_ever_pushed_notices_that_the_cloud_was_restored() => Holds(new(13829,
    [
        new(StepKind.BackUpCloud, 2, 967, 393),
        new(StepKind.Grow, 3, 529, 7),
        new(StepKind.Sync, 0, 136, 20),
        new(StepKind.Grow, 2, 246, 296),
        new(StepKind.Push, 2, 106, 269),
        new(StepKind.RestoreCloud, 1, 218, 53),
    ]));

    [Fact]
    public Task What_is_hidden_while_it_is_queued_is_not_forgotten_when_the_prompt_finds_its_place_elsewhere() => Holds(new(3646,
    [
        new(StepKind.Grow, 0, 972, 377),
        new(StepKind.Grow, 1, 508, 422),
        new(StepKind.Hide, 1, 164, 163),
        new(StepKind.Grow, 0, 31, 269),
    ]));

    [Fact]
    public Task What_is_deleted_while_it_is_queued_does_not_come_back_in_silence() => Holds(new(16107,
    [
        new(StepKind.Grow, 2, 147, 307),
        new(StepKind.Delete, 2, 561, 783),
        new(StepKind.Grow, 2, 150, 503),
    ]));

    [Fact]
    public Task A_transcript_that_is_read_again_because_of_a_deletion_comes_to_rest() => Holds(new(2446,
    [
        new(StepKind.Grow, 3, 562, 588),
        new(StepKind.Sync, 3, 417, 818),
        new(StepKind.Meanwhile, 3, 248, 163, new(StepKind.Delete, 2, 421, 751)),
        new(StepKind.Close, 0, 803, 289),
        new(StepKind.Sync, 2, 132, 268),
        new(StepKind.Meanwhile, 1, 597, 43, new(StepKind.Hide, 3, 193, 604)),
        new(StepKind.Sync, 0, 826, 280),
        new(StepKind.Grow, 1, 88, 354),
        new(StepKind.Push, 2, 685, 874),
        new(StepKind.Push, 1, 835, 953),
    ]));

    [Fact]
    public Task An_edit_that_a_restored_cloud_lost_meets_the_next_one_in_the_archive() => Holds(new(25665,
    [
        new(StepKind.Grow, 2, 623, 421),
        new(StepKind.Grow, 1, 627, 418),
        new(StepKind.Push, 0, 522, 455),
        new(StepKind.Rename, 3, 669, 336),
        new(StepKind.BackUpCloud, 1, 726, 723),
        new(StepKind.Push, 1, 418, 387),
        new(StepKind.RestoreCloud, 2, 657, 996),
        new(StepKind.Rename, 0, 31, 682),
    ]));

    private async Task Holds(History history)
    {
        if (await Simulation.RunAsync(history) is { } failure)
        {
            output.WriteLine(string.Join('\n', failure.Trace));
            Assert.Fail($"{failure.Cause}");
        }
    }
}

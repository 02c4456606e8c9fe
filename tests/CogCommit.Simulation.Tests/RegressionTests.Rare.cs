using CogCommit.Simulation.Tests.Steps;

namespace CogCommit.Simulation.Tests;

// Found when 20,000 seeds were run at once: rarer than one in 2,000.
public sealed partial class RegressionTests
{
    [Fact]
    public Task A_pull_that_ended_early_asks_again_for_what_was_pushed_ahead_of_the_cursor() => Holds(new(705831,
    [
        new(StepKind.BackUpCloud, 3, 523, 961),
        new(StepKind.Grow, 3, 183, 170),
        new(StepKind.Grow, 2, 193, 241),
        new(StepKind.Fault, 1, 153, 858),
        new(StepKind.Verify, 2, 78, 649),
        new(StepKind.Push, 3, 933, 404),
        new(StepKind.Pull, 1, 70, 612),
        new(StepKind.RestoreCloud, 2, 952, 491),
    ]));

    [Fact]
    public Task What_is_pruned_before_it_is_known_that_the_cloud_was_restored_takes_nothing_else_along() => Holds(new(700486,
    [
        new(StepKind.BackUpCloud, 1, 342, 794),
        new(StepKind.Grow, 1, 174, 505),
        new(StepKind.Rename, 1, 388, 883),
        new(StepKind.Sync, 1, 436, 122),
        new(StepKind.RestoreCloud, 2, 197, 222),
        new(StepKind.Prune, 1, 574, 815),
    ]));

    [Fact]
    public Task What_was_purged_stays_deleted_where_a_restored_cloud_never_had_it() => Holds(new(703188,
    [
        new(StepKind.BackUpCloud, 3, 630, 316),
        new(StepKind.Grow, 0, 141, 784),
        new(StepKind.Grow, 1, 569, 211),
        new(StepKind.Delete, 2, 969, 44),
        new(StepKind.Push, 2, 795, 75),
        new(StepKind.WaitMonth, 0, 237, 58),
        new(StepKind.Push, 1, 842, 681),
        new(StepKind.Pull, 0, 732, 257),
        new(StepKind.RestoreCloud, 2, 812, 154),
    ]));

    [Fact]
    public Task Two_deletions_of_which_one_was_purged_when_they_met_are_one() => Holds(new(706346,
    [
        new(StepKind.Grow, 2, 934, 390),
        new(StepKind.Push, 0, 97, 643),
        new(StepKind.Sync, 1, 808, 952),
        new(StepKind.Delete, 1, 999, 707),
        new(StepKind.MoveToProject, 2, 207, 870),
        new(StepKind.Grow, 0, 824, 86),
        new(StepKind.Delete, 2, 878, 393),
        new(StepKind.Push, 2, 231, 256),
        new(StepKind.WaitMonth, 0, 308, 307),
        new(StepKind.Push, 1, 747, 242),
    ]));

    [Fact]
    public Task A_prune_of_what_git_closed_is_no_boundary() => Holds(new(709093,
    [
        new(StepKind.Grow, 3, 615, 366),
        new(StepKind.Delete, 0, 771, 744),
        new(StepKind.Delete, 3, 216, 841),
        new(StepKind.PruneByForce, 0, 716, 91),
        new(StepKind.Grow, 3, 387, 48),
        new(StepKind.Grow, 2, 241, 684),
    ]));

    [Fact]
    public Task A_queued_prompt_that_others_have_in_another_commit_leaves_it() => Holds(new(713694,
    [
        new(StepKind.NewDevice, 3, 928, 107),
        new(StepKind.Grow, 1, 455, 593),
        new(StepKind.Grow, 0, 556, 119),
        new(StepKind.Close, 1, 383, 436),
        new(StepKind.Close, 0, 933, 310),
    ]));

    [Fact]
    public Task An_older_answer_makes_no_edit_of_what_another_process_deleted_and_had_confirmed() => Holds(new(912965,
    [
        new(StepKind.Meanwhile, 0, 798, 816, new(StepKind.Delete, 3, 575, 815)),
        new(StepKind.Meanwhile, 3, 811, 636, new(StepKind.Sync, 0, 338, 697)),
        new(StepKind.Grow, 3, 376, 721),
        new(StepKind.Push, 3, 209, 952),
    ]));

    [Fact]
    public Task An_older_answer_makes_no_edit_of_what_another_process_renamed_and_had_confirmed() => Holds(new(978626,
    [
        new(StepKind.Fault, 2, 417, 177),
        new(StepKind.Meanwhile, 2, 901, 433, new(StepKind.Sync, 2, 750, 604)),
        new(StepKind.Meanwhile, 2, 746, 392, new(StepKind.Rename, 0, 216, 596)),
        new(StepKind.Grow, 0, 33, 345),
        new(StepKind.Sync, 0, 946, 664),
    ]));

    [Fact]
    public Task A_boundary_that_came_is_cut_at_also_where_the_process_died_in_between() => Holds(new(970336,
    [
        new(StepKind.Push, 1, 638, 869),
        new(StepKind.Grow, 2, 916, 231),
        new(StepKind.Close, 2, 696, 219),
        new(StepKind.Grow, 3, 613, 671),
        new(StepKind.Grow, 0, 40, 126),
        new(StepKind.Crash, 1, 690, 206),
        new(StepKind.Sync, 0, 803, 877),
        new(StepKind.Verify, 3, 127, 538),
    ]));

    [Fact]
    public Task Two_edits_that_met_and_meet_again_deleted_are_kept_by_the_fields_in_which_they_differ() => Holds(new(974700,
    [
        new(StepKind.Grow, 2, 82, 527),
        new(StepKind.Delete, 2, 618, 743),
        new(StepKind.Sync, 0, 4, 205),
        new(StepKind.NewDevice, 1, 451, 182),
        new(StepKind.Rename, 3, 571, 236),
        new(StepKind.Pull, 1, 854, 233),
        new(StepKind.Hide, 1, 569, 760),
        new(StepKind.Sync, 0, 120, 21),
        new(StepKind.PullAnew, 1, 86, 962),
        new(StepKind.Delete, 0, 717, 67),
        new(StepKind.Delete, 1, 350, 762),
    ]));
}

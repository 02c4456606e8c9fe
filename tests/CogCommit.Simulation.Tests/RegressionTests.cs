using CogCommit.Simulation.Tests.Steps;

namespace CogCommit.Simulation.Tests;

/// <summary>What the simulation found, in the fewest steps, by the name of what must hold.</summary>
public sealed class RegressionTests(ITestOutputHelper output)
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

    private async Task Holds(History history)
    {
        if (await Simulation.RunAsync(history) is { } failure)
        {
            output.WriteLine(string.Join('\n', failure.Trace));
            Assert.Fail($"{failure.Cause}");
        }
    }
}

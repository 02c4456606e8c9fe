namespace CogCommit.Simulation.Tests.Steps;

/// <summary>One step of a history. The numbers choose among what there is when the step comes, so that any step can be left out of a history.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Device">On which device, counted round.</param>
/// <param name="A">Which one of them: commit, session, fault.</param>
/// <param name="B">How much, or when.</param>
/// <param name="Nested">Of <see cref="StepKind.Meanwhile"/>: what the other one does.</param>
internal sealed record Step(StepKind Kind, int Device = 0, int A = 0, int B = 0, Step? Nested = null)
{
    /// <summary>As it would be written in a test.</summary>
    public override string ToString() => Nested is null
        ? $"new(StepKind.{Kind}, {Device}, {A}, {B})"
        : $"new(StepKind.{Kind}, {Device}, {A}, {B}, {Nested})";
}

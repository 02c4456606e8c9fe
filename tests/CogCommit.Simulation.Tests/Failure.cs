using CogCommit.Simulation.Tests.Steps;

namespace CogCommit.Simulation.Tests;

/// <summary>A history in which a promise broke.</summary>
/// <param name="History">What was to happen.</param>
/// <param name="Cause">What broke.</param>
/// <param name="Trace">What happened, line by line.</param>
internal sealed record Failure(History History, Exception Cause, IReadOnlyList<string> Trace)
{
    /// <summary>Two failures of one kind, whatever ids they name.</summary>
    public bool IsLike(Failure other) => Cause.GetType() == other.Cause.GetType() && Kind == other.Kind;

    public string Kind => new([.. Cause.Message.TakeWhile(c => c is not ('\n' or ':')).Where(c => !char.IsDigit(c)).Take(150)]);
}

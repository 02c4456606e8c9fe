namespace CogCommit.PowerShell.Pipeline;

/// <summary>How far work is.</summary>
/// <param name="Activity">What is done.</param>
/// <param name="Status">How far it is, for a person: a count, and what is under way.</param>
/// <param name="Done">How much is done, in whatever unit.</param>
/// <param name="Total">How much there is, in the same unit; 0 when nobody knows.</param>
internal sealed record ProgressStep(string Activity, string Status, long Done, long Total)
{
    /// <summary>A step that is counted in what its status shows.</summary>
    internal static ProgressStep Counted(string activity, long done, long total, string unit, string? current = null) => new(
        activity, $"{(total > 0 ? $"{done} of {total}" : $"{done}")} {unit}{(current is null ? "" : $"  {current}")}", done, total);

    /// <summary>0 to 100; -1 when nobody knows.</summary>
    internal int Percent => Total <= 0 ? -1 : (int)Math.Clamp(100.0 * Done / Total, 0, 100);
}

namespace CogCommit.Build.Testing;

/// <summary>What one suite said.</summary>
internal sealed record SuiteResult(string Name, int Passed, int Failed, int Skipped)
{
    /// <summary>Why the suite as a whole counts as failed, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Each test that failed, and why.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>What it wrote while it ran.</summary>
    public string Said { get; init; } = "";

    /// <summary>
    /// How long a suite of the usual tests may take, more than twice what the longest does: one that hangs is red, with what it wrote,
    /// and not a run that never ends.
    /// </summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(25);

    public static SuiteResult Broken(string name, string problem) => new(name, 0, 1, 0) { Problem = problem };

    public static SuiteResult TooLong(string name) => Broken(name, "it took too long and was stopped; what it was at stands above");

    /// <summary>A suite that ran nothing proves nothing.</summary>
    public SuiteResult Checked() => this is { Problem: null, Passed: 0, Failed: 0 } ? this with { Failed = 1, Problem = "it ran no test" } : this;
}

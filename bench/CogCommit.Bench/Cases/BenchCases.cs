namespace CogCommit.Bench.Cases;

/// <summary>All that is measured.</summary>
internal static class BenchCases
{
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new ImportCase(), new UnchangedCase(), new AppendCase(), new SearchCase(), new ListCase(), new ExportCase(), new ModuleCase(), new IdleCase(),
        new PushCase(), new PullCase(), new SyncCase(), new ScaleCase(),
    ];

    /// <summary>A piece that a case runs in a process of its own.</summary>
    public static Func<IReadOnlyList<string>, Dictionary<string, double>> Piece(string name) =>
        All.Select(one => one.Pieces.GetValueOrDefault(name)).OfType<Func<IReadOnlyList<string>, Dictionary<string, double>>>().FirstOrDefault()
        ?? throw new ArgumentException($"There is no piece '{name}'.");
}

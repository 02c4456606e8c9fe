using CogCommit.Bench.Measuring;

namespace CogCommit.Bench.Cases;

/// <summary>Something that is measured, beside its limit.</summary>
internal abstract class BenchCase
{
    /// <summary>As typed.</summary>
    public abstract string Name { get; }

    /// <summary>From small to large, each ten times the one before; behind them what is of another shape.</summary>
    public abstract IReadOnlyList<string> Sizes { get; }

    /// <summary>Where nobody says which.</summary>
    public virtual string UsualSize => Sizes[0];

    /// <summary>What it does in processes of its own, by name.</summary>
    public virtual IReadOnlyDictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>> Pieces { get; } =
        new Dictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>>();

    public abstract IEnumerable<Result> Run(BenchRun bench, string size);
}

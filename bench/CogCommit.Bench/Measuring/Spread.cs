namespace CogCommit.Bench.Measuring;

/// <summary>Several measurements of one thing.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    public double Median => At(0.5);

    /// <summary>The value that a share of them does not exceed; between two of them in proportion.</summary>
    public double At(double share)
    {
        var place = share * (_sorted.Length - 1);
        var below = (int)place;
        return below + 1 < _sorted.Length ? _sorted[below] + ((_sorted[below + 1] - _sorted[below]) * (place - below)) : _sorted[below];
    }

    public Spread Over(double unit) => new(_sorted.Select(value => value / unit));
}

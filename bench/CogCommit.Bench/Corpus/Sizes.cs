namespace CogCommit.Bench.Corpus;

/// <summary>How long a kind of text is, in characters, as it was measured: the least, 10 %, 25 %, half, 75 %, 90 %, 97 %, the most.</summary>
internal sealed class Sizes(params int[] quantiles)
{
    private static readonly double[] Shares = [0, 0.10, 0.25, 0.50, 0.75, 0.90, 0.97, 1];

    /// <summary>One length, drawn so that many of them lie as the measured ones did.</summary>
    public int Draw(Random random)
    {
        var share = random.NextDouble();
        var above = 1;
        while (Shares[above] < share)
        {
            above++;
        }

        var part = (share - Shares[above - 1]) / (Shares[above] - Shares[above - 1]);
        return quantiles[above - 1] + (int)(part * (quantiles[above] - quantiles[above - 1]));
    }
}

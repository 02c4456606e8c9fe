using System.Globalization;

namespace CogCommit.Bench.Corpus;

/// <summary>Transcripts of several projects, in the folders in which the agent keeps them. The same seed and size give the same bytes.</summary>
internal sealed class TranscriptCorpus(int seed)
{
    public const int Seed = 20260211;
    private static readonly string[] Projects = ["lantern-shop", "tide-tables", "night-market", "paper-crane", "stone-bridge", "salt-works", "glass-house", "owl-post"];

    private readonly TextRiver _river = new(seed);

    /// <summary>1.7MB, 17MB, 1GB.</summary>
    public static long Bytes(string size) => size switch
    {
        _ when size.EndsWith("GB", StringComparison.Ordinal) => (long)(double.Parse(size.AsSpan()[..^2], CultureInfo.InvariantCulture) * 1e9),
        _ when size.EndsWith("MB", StringComparison.Ordinal) => (long)(double.Parse(size.AsSpan()[..^2], CultureInfo.InvariantCulture) * 1e6),
        _ => throw new ArgumentException($"'{size}' is no size."),
    };

    /// <summary>Files until they hold about so many bytes.</summary>
    public void Write(string folder, long bytes)
    {
        var random = new Random(seed);
        long written = 0;
        for (var session = 0; written < bytes; session++)
        {
            written += WriteSession(folder, session, (int)Math.Min(TranscriptMix.File.Draw(random), bytes - written), random);
        }
    }

    /// <summary>So many files, all of one length.</summary>
    public void WriteFiles(string folder, int files, int bytesEach)
    {
        var random = new Random(seed);
        for (var session = 0; session < files; session++)
        {
            WriteSession(folder, session, bytesEach, random);
        }
    }

    private long WriteSession(string folder, int session, int bytes, Random random)
    {
        // The first projects are worked on most.
        var project = Projects[(int)(Projects.Length * random.NextDouble() * random.NextDouble())];
        var slug = Directory.CreateDirectory(Path.Combine(folder, $"-home-user-{project}")).FullName;
        return new SessionFile(_river, new Random(random.Next()), session, $"/home/user/{project}").Write(slug, bytes);
    }
}

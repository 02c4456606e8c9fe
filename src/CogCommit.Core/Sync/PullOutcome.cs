namespace CogCommit.Core.Sync;

/// <summary>What a pull did.</summary>
internal sealed class PullOutcome
{
    /// <summary>Commits that came or changed.</summary>
    public HashSet<string> Pulled { get; } = [];

    public int Turns { get; set; }

    public int Conflicts { get; set; }

    /// <summary>See <see cref="Incoming.PicturesGone"/>.</summary>
    public bool PicturesGone { get; set; }

    public void Add(Incoming incoming)
    {
        PicturesGone |= incoming.PicturesGone;
        Pulled.UnionWith(incoming.Changed);
        Turns += incoming.Turns;
        Conflicts += incoming.Conflicts;
    }
}

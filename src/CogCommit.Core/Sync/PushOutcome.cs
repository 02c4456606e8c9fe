namespace CogCommit.Core.Sync;

/// <summary>What a push did, by commit.</summary>
internal sealed class PushOutcome
{
    public HashSet<string> Pushed { get; } = [];

    public HashSet<string> Filtered { get; } = [];

    public HashSet<string> OverLimit { get; } = [];

    public HashSet<string> Failed { get; } = [];

    public int Turns { get; set; }

    public int Conflicts { get; set; }

    /// <summary>See <see cref="Incoming.PicturesGone"/>.</summary>
    public bool PicturesGone { get; set; }

    /// <summary>Another device pushed in between: there is something to pull.</summary>
    public bool Behind { get; set; }
}

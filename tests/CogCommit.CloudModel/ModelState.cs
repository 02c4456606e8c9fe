using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel;

/// <summary>Every row the cloud holds of the user. Rows never change, so that a copy is one of references.</summary>
internal sealed class ModelState
{
    public Dictionary<string, ModelCommit> Commits { get; private init; } = [];

    public Dictionary<string, ModelSession> Sessions { get; private init; } = [];

    public Dictionary<string, ModelTurn> Turns { get; private init; } = [];

    public Dictionary<string, ModelVisual> Visuals { get; private init; } = [];

    public Dictionary<string, ModelMachine> Machines { get; private init; } = [];

    public Dictionary<string, ModelProject> Projects { get; private init; } = [];

    /// <summary>One number after the other, from the first after the last wipe: only a push that changes something takes one.</summary>
    public List<ModelPushEntry> Pushes { get; private init; } = [];

    /// <summary>Commits that are deleted and not purged, as the index cognitive_commits_to_purge has them.</summary>
    public HashSet<string> Deleted { get; private init; } = [];

    /// <summary>Visuals that are deleted and not purged, as the index visuals_to_purge has them.</summary>
    public HashSet<string> DeletedVisuals { get; private init; } = [];

    /// <summary>Null until the user's first push.</summary>
    public ModelHead? Head { get; set; }

    public ModelState Copy() => new()
    {
        Commits = new(Commits),
        Sessions = new(Sessions),
        Turns = new(Turns),
        Visuals = new(Visuals),
        Machines = new(Machines),
        Projects = new(Projects),
        Pushes = [.. Pushes],
        Deleted = [.. Deleted],
        DeletedVisuals = [.. DeletedVisuals],
        Head = Head,
    };

    /// <summary>The push of this number; null: it never was, or was wiped.</summary>
    public ModelPushEntry? PushAt(long seq) =>
        Pushes.Count > 0 && seq >= Pushes[0].Seq && seq <= Pushes[^1].Seq ? Pushes[(int)(seq - Pushes[0].Seq)] : null;

    /// <summary>Where in <see cref="Pushes"/> those behind this number begin.</summary>
    public int PlaceBehind(long seq) => Pushes.Count == 0 ? 0 : (int)Math.Clamp(seq + 1 - Pushes[0].Seq, 0, Pushes.Count);

    public void Put(ModelCommit row, TouchedRows? touched = null)
    {
        if (touched is not null && Commits.GetValueOrDefault(row.Id)?.Seq != row.Seq)
        {
            touched.Commits.Add(row.Id);
        }

        Commits[row.Id] = row;
        Mark(Deleted, row.Id, row is { IsLive: false, Purged: false });
    }

    public void Put(ModelSession row, TouchedRows touched)
    {
        Sessions[row.Id] = row;
        touched.Sessions.Add(row.Id);
    }

    public void Put(ModelTurn row, TouchedRows touched)
    {
        Turns[row.Id] = row;
        touched.Turns.Add(row.Id);
    }

    public void Put(ModelVisual row, TouchedRows touched)
    {
        if (Visuals.GetValueOrDefault(row.Id)?.Seq != row.Seq)
        {
            touched.Visuals.Add(row.Id);
        }

        Visuals[row.Id] = row;
        Mark(DeletedVisuals, row.Id, row is { DeletedAt: not null, HasContent: true });
    }

    private static void Mark(HashSet<string> set, string id, bool belongs)
    {
        if (belongs)
        {
            set.Add(id);
        }
        else
        {
            set.Remove(id);
        }
    }
}

using CogCommit.Simulation.Tests.Devices;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>
/// Every edit that was ever made, and on what: so that at the end each one can be shown to be in the winner, in something that was said
/// on top of it, or in the conflict archive.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<Said, HashSet<Said>> _bases = [];
    private readonly Dictionary<Said, string> _titles = [];
    private readonly Dictionary<string, Said> _byHash = [];
    private readonly Dictionary<Said, string> _edits = [];
    private readonly HashSet<Said> _archived = [];
    private readonly HashSet<Said> _forgotten = [];
    private readonly Dictionary<string, HashSet<string>> _turnsOfDeleted = [];

    /// <summary>Makes an edit and remembers it, also when the process dies right behind it.</summary>
    public void Edit(SimulatedDevice device, string commitId, Action edit)
    {
        var before = SaidRows.Of(device, commitId);
        try
        {
            edit();
        }
        finally
        {
            if (SaidRows.Of(device, commitId) is { } after && after.Said != before?.Said)
            {
                Note(after, before);
                _edits.TryAdd(after.Said, $"said on device {device.Number}");
            }
        }
    }

    /// <summary>Looks at what a device has now: states that capture made, and what went to its archive.</summary>
    public void Observe(SimulatedDevice device)
    {
        foreach (var row in SaidRows.Of(device))
        {
            Note(row, null);
        }

        _archived.UnionWith(SaidRows.Archived(device).Select(row => row.Said));
        // Only what was said before: what is said later must be kept by what comes later.
        _archived.UnionWith(SaidRows.Restorable(device).Where(_edits.ContainsKey));
        foreach (var (commit, turn) in SaidRows.TurnsOfDeleted(device))
        {
            if (!_turnsOfDeleted.TryGetValue(commit, out var turns))
            {
                _turnsOfDeleted.Add(commit, turns = []);
            }

            turns.Add(turn);
        }
    }

    /// <summary>Does what takes away the only copy of something: a backup played back, what is removed by force. Nobody promised to keep that.</summary>
    public void Forgets(World world, Action work)
    {
        var before = Kept(world);
        var turns = Turns(world);
        try
        {
            work();
        }
        finally
        {
            world.Devices.ForEach(Observe);
            var after = Kept(world);
            ForgottenTurns.UnionWith(turns.Except(Turns(world)));
            _forgotten.UnionWith(_edits.Keys.Where(edit => Has(before, edit) && !Has(after, edit)));
        }
    }

    /// <summary>Edits that are nowhere any more, for the reader.</summary>
    public List<string> Lost(World world)
    {
        var kept = Kept(world);
        return [.. _edits.Where(edit => !Has(kept, edit.Key) && !_forgotten.Contains(edit.Key)).Select(edit => $"{edit.Key} {edit.Value}")];
    }

    public HashSet<string> ForgottenTurns { get; } = [];

    /// <summary>The turns that were seen in a commit while it was deleted.</summary>
    public IReadOnlySet<string> TurnsOfDeleted(string commitId) => _turnsOfDeleted.GetValueOrDefault(commitId) ?? [];

    private static HashSet<string> Turns(World world) =>
        [.. WholeCloud.Read(world.Cloud).Turns.Select(turn => turn.Id), .. world.Devices.SelectMany(device => device.Query("select id from turns"))];

    private bool Has((HashSet<Said> States, HashSet<string> Titles) kept, Said edit) =>
        kept.States.Contains(edit) || (_titles.TryGetValue(edit, out var title) && kept.Titles.Contains(title));

    /// <summary>What is somewhere, and everything that it was said on top of.</summary>
    private (HashSet<Said> States, HashSet<string> Titles) Kept(World world)
    {
        var open = new Stack<Said>(_archived);
        foreach (var row in world.Devices.SelectMany(SaidRows.Of).Concat(SaidRows.Of(world.Cloud)))
        {
            // Of a purged commit its deletion is left to be read, and by the hash what else had been said.
            open.Push(row.Said);
            open.Push(_byHash.GetValueOrDefault(row.Hash, row.Said));
        }

        HashSet<Said> kept = [];
        while (open.TryPop(out var said))
        {
            if (kept.Add(said) && _bases.TryGetValue(said, out var bases))
            {
                foreach (var before in bases)
                {
                    open.Push(before);
                }
            }
        }

        // A title that went to another commit when its own was cut anew is kept there.
        return (kept, [.. kept.Where(_titles.ContainsKey).Select(said => _titles[said])]);
    }

    private void Note(SaidRow row, SaidRow? before)
    {
        _byHash.TryAdd(row.Hash, row.Said);
        if (row.Title is { } title)
        {
            _titles[row.Said] = title;
        }

        if (before is { } known)
        {
            if (!_bases.TryGetValue(row.Said, out var bases))
            {
                _bases.Add(row.Said, bases = []);
            }

            bases.Add(known.Said);
        }
    }
}

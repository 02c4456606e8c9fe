using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>Machines and projects: those that are sent, and those that accepted commits name.</summary>
internal sealed class StoreNames(ModelState state, Verdicts verdicts, long seq, TouchedRows touched)
{
    private const int MostMachines = 1_000;
    private const int MostProjects = 10_000;

    public int Machines(Jsonb batch)
    {
        var wanted = new SortedDictionary<string, (bool IsSelf, string? Name)>(Comparer<string>.Create(WhoWins.CompareBytes));
        Name(batch["machine"], isSelf: true);
        foreach (var machine in batch["machines"]?.Items ?? [])
        {
            Name(machine, isSelf: false);
        }

        foreach (var (captured, _) in verdicts.Commits)
        {
            if (captured is { IsAccepted: true } && captured.Row["captured"]!.TextOf("machine_id") is { } id)
            {
                wanted.TryAdd(id, (false, null));
            }
        }

        var (changed, room) = (0, MostMachines - state.Machines.Count);
        foreach (var (id, (isSelf, name)) in wanted)
        {
            var old = state.Machines.GetValueOrDefault(id);
            // A machine says what it is called; others only pass the name on.
            if (old is null ? --room >= 0 : name is not null && name != old.Name && (isSelf || old.Name is null))
            {
                state.Machines[id] = old is null ? new ModelMachine(id, name, seq) : old with { Name = name, Seq = seq };
                touched.Machines.Add(id);
                changed++;
            }
        }

        return changed;

        void Name(Jsonb? machine, bool isSelf)
        {
            if (machine is not null && Check.IsText(machine["machine_id"], 200) && Check.IsTextOrAbsent(machine["name"], 300))
            {
                var (id, name) = (machine["machine_id"]!.Text, machine.TextOf("name"));
                wanted[id] = !wanted.TryGetValue(id, out var other) || isSelf ? (isSelf, name) : other.IsSelf ? other : (false, First(name, other.Name));
            }
        }
    }

    public int Projects(Jsonb batch)
    {
        var wanted = new SortedDictionary<string, string?>(Comparer<string>.Create(WhoWins.CompareBytes));
        foreach (var project in batch["projects"]?.Items ?? [])
        {
            if (Check.IsText(project["name"], 300) && Check.IsTextOrAbsent(project["remote_url"], 2000))
            {
                var (name, url) = (project["name"]!.Text, project.TextOf("remote_url"));
                wanted[name] = First(url, wanted.GetValueOrDefault(name));
            }
        }

        foreach (var (captured, curated) in verdicts.Commits)
        {
            Name(captured, "captured");
            Name(curated, "curated");
        }

        var (changed, room) = (0, MostProjects - state.Projects.Count);
        foreach (var (name, url) in wanted)
        {
            var old = state.Projects.GetValueOrDefault(name);
            // The first address that is known stays: two clones with two addresses must not take turns.
            if (old is null ? --room >= 0 : url is not null && old.RemoteUrl is null)
            {
                state.Projects[name] = new ModelProject(name, url, seq);
                touched.Projects.Add(name);
                changed++;
            }
        }

        return changed;

        void Name(Verdict? half, string kind)
        {
            if (half is { IsAccepted: true } && half.Row[kind]!.TextOf("project") is { } name)
            {
                wanted.TryAdd(name, null);
            }
        }
    }

    /// <summary>Of two that are said in one batch the first by bytes, so that the order of rows does not matter.</summary>
    private static string? First(string? one, string? other) =>
        one is null ? other : other is null || WhoWins.CompareBytes(one, other) < 0 ? one : other;
}

using System.Text.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Read;

/// <summary>The rows of a page. A row stands at the last push that wrote it.</summary>
internal sealed class PulledPage
{
    private readonly List<ModelTurn> turns = [];
    private readonly Dictionary<string, ModelSession> sessions = [];
    private readonly Dictionary<string, ModelCommit> commits = [];
    private readonly List<ModelVisual> visuals = [];
    private readonly Dictionary<string, ModelMachine> machines = [];
    private readonly Dictionary<string, ModelProject> projects = [];

    public static PulledPage Of(ModelState state, long low, long high)
    {
        var page = new PulledPage();
        for (var place = state.PlaceBehind(low); place < state.PlaceBehind(high); place++)
        {
            page.Add(state, state.Pushes[place].Seq, state.Pushes[place].Touched);
        }

        page.AddAncestors(state);
        return page;
    }

    public void Write(Utf8JsonWriter to)
    {
        Rows(to, "turns", turns.OrderBy(turn => turn.Ordinal), turn => turn.Wire);
        Rows(to, "sessions", sessions.Values, session => session.Wire);
        Rows(to, "visuals", visuals, visual => visual.Wire);
        Rows(to, "commits", commits.Values, commit => commit.Wire);
        to.WriteStartArray("projects");
        foreach (var project in projects.Values)
        {
            Pair(to, "name", project.Name, "remote_url", project.RemoteUrl);
        }

        to.WriteEndArray();
        to.WriteStartArray("machines");
        foreach (var machine in machines.Values)
        {
            Pair(to, "machine_id", machine.MachineId, "name", machine.Name);
        }

        to.WriteEndArray();
    }

    private delegate ReadOnlySpan<byte> WireOf<T>(T row);

    private static void Rows<T>(Utf8JsonWriter to, string name, IEnumerable<T> rows, WireOf<T> wire)
    {
        to.WriteStartArray(name);
        foreach (var row in rows)
        {
            to.WriteRawValue(wire(row), skipInputValidation: true);
        }

        to.WriteEndArray();
    }

    private static void Pair(Utf8JsonWriter to, string name, string? value, string otherName, string? otherValue)
    {
        to.WriteStartObject();
        to.WriteString(name, value);
        to.WriteString(otherName, otherValue);
        to.WriteEndObject();
    }

    private void Add(ModelState state, long seq, TouchedRows touched)
    {
        turns.AddRange(touched.Turns.Select(state.Turns.GetValueOrDefault).OfType<ModelTurn>().Where(row => row.Seq == seq));
        visuals.AddRange(touched.Visuals.Select(id => state.Visuals[id]).Where(row => row.Seq == seq));
        foreach (var row in touched.Sessions.Select(state.Sessions.GetValueOrDefault).OfType<ModelSession>().Where(row => row.Seq == seq))
        {
            sessions[row.Id] = row;
        }

        foreach (var row in touched.Commits.Select(id => state.Commits[id]).Where(row => row.Seq == seq))
        {
            commits[row.Id] = row;
        }

        foreach (var row in touched.Machines.Select(id => state.Machines[id]).Where(row => row.Seq == seq))
        {
            machines[row.MachineId] = row;
        }

        foreach (var row in touched.Projects.Select(name => state.Projects[name]).Where(row => row.Seq == seq))
        {
            projects[row.Name] = row;
        }
    }

    private void AddAncestors(ModelState state)
    {
        foreach (var turn in turns)
        {
            sessions.TryAdd(turn.SessionId, state.Sessions[turn.SessionId]);
        }

        foreach (var commitId in sessions.Values.Select(session => session.CommitId).Concat(visuals.Select(visual => visual.CommitId)))
        {
            commits.TryAdd(commitId, state.Commits[commitId]);
        }

        foreach (var commit in commits.Values)
        {
            foreach (var name in new[] { commit.Captured.Project, commit.Curated.Project })
            {
                if (name is not null && state.Projects.TryGetValue(name, out var project))
                {
                    projects[name] = project;
                }
            }

            if (commit.Captured.MachineId is { } id && state.Machines.TryGetValue(id, out var machine))
            {
                machines[id] = machine;
            }
        }
    }
}

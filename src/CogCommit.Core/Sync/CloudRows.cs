using System.Text.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

/// <summary>Rows of an answer, all read and found right.</summary>
internal sealed record CloudRows
{
    public static readonly CloudRows None = new();

    /// <summary>The lists of an answer, parents first.</summary>
    public static readonly IReadOnlyList<(RowKind Kind, string Name)> Lists =
        [(RowKind.Commit, "commits"), (RowKind.Session, "sessions"), (RowKind.Turn, "turns"), (RowKind.Visual, "visuals")];

    public IReadOnlyList<ProjectRow> Projects { get; init; } = [];

    public IReadOnlyList<MachineRow> Machines { get; init; } = [];

    public IReadOnlyList<CommitRow> Commits { get; init; } = [];

    public IReadOnlyList<SessionRow> Sessions { get; init; } = [];

    public IReadOnlyList<TurnRow> Turns { get; init; } = [];

    public IReadOnlyList<VisualRow> Visuals { get; init; } = [];

    public bool Any => Projects.Count + Machines.Count + Commits.Count + Sessions.Count + Turns.Count + Visuals.Count > 0;

    public static CloudRows Read(JsonElement json) => BadAnswer.Reading(() => new CloudRows
    {
        Projects = [.. Items(json, "projects").Select(row => RowJson.ReadProject(row))],
        Machines = [.. Items(json, "machines").Select(row => RowJson.ReadMachine(row))],
        Commits = [.. Items(json, "commits").Select(row => RowJson.ReadCommit(row))],
        Sessions = [.. Items(json, "sessions").Select(row => RowJson.ReadSession(row))],
        Turns = [.. Items(json, "turns").Select(row => RowJson.ReadTurn(row))],
        Visuals = [.. Items(json, "visuals").Select(row => RowJson.ReadVisual(row))],
    });

    public static IEnumerable<JsonElement> Items(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw BadAnswer.Of($"'{name}' that are no list");
    }
}

namespace CogCommit.CloudModel.Rows;

/// <summary>The local ids of the rows that one push wrote.</summary>
internal sealed class TouchedRows
{
    public List<string> Commits { get; } = [];

    public List<string> Sessions { get; } = [];

    public List<string> Turns { get; } = [];

    public List<string> Visuals { get; } = [];

    public List<string> Machines { get; } = [];

    public List<string> Projects { get; } = [];
}

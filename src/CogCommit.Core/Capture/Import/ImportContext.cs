using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>What the files of one import share: counts, and what they ask of the machine.</summary>
internal sealed class ImportContext(StoreFile store)
{
    private readonly string _machineId = MachineIdentity.Of(store).MachineId;

    public CommitTally Tally { get; } = new();

    public ProjectDecision Projects { get; } = new();

    public Visuals Visuals { get; } = new(store.Home.VisualsPath);

    public long Replaced { get; set; }

    public long Replays { get; set; }

    /// <summary>Files that could not be taken as they are.</summary>
    public List<BadLine> BadFiles { get; } = [];

    public RowWriter Writer(WriteTransaction transaction) =>
        new(transaction, _machineId);

    /// <summary>Agents that the agent itself starts to tidy up (rule 8).</summary>
    public static bool IsHousekeeping(string agentId) =>
        agentId.StartsWith("acompact", StringComparison.Ordinal) || agentId.StartsWith("aprompt_suggestion", StringComparison.Ordinal);

    /// <summary>Reads a file that a tool's output was spilled to, where it is still there.</summary>
    public static string? Spilled(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using CogCommit.Core.Capture.Project;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>What the files of one import share: counts, and what they ask of the machine.</summary>
internal sealed class ImportContext(StoreFile store)
{
    private readonly string _machineId = MachineIdentity.Of(store).MachineId;

    public CommitTally Tally { get; } = new();

    public ProjectDecision Projects { get; } = new(new ProjectFiles());

    public Visuals Visuals { get; } = new(store.Home.VisualsPath);

    public long Replaced { get; set; }

    public long Replays { get; set; }

    /// <summary>Files that could not be taken as they are.</summary>
    public List<BadLine> BadFiles { get; } = [];

    public RowWriter Writer(WriteTransaction transaction) => new(transaction, _machineId);
}

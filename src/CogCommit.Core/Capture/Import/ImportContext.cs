using CogCommit.Core.Capture.ClaudeCode;
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

    /// <summary>Reads a file that a tool's output was spilled to, where it is still there beside its transcript.</summary>
    public static string? Spilled(TranscriptFile file, string path)
    {
        try
        {
            return SpilledOutput.Candidates(file.Path, file.Parent ?? file.Key, path).FirstOrDefault(File.Exists) is { } found ? File.ReadAllText(found) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It proves no commit: the result's own text may.
            return null;
        }
    }
}

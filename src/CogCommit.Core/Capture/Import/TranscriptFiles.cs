using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>Finds transcripts below folders, told by their paths; none is opened that holds nothing.</summary>
/// <param name="parentOf">The main session of a subagent's file in the older layout, whose path does not name it.</param>
internal sealed class TranscriptFiles(Func<string, string?> parentOf)
{
    public int Housekeeping { get; private set; }

    public static IEnumerable<string> DefaultFolders() => TranscriptFolders
        .Default(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)).Where(Directory.Exists);

    /// <summary>The files at and under these paths that hold anything, main ones first.</summary>
    public List<TranscriptFile> Find(IEnumerable<string> paths)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        return [.. paths
            .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.jsonl", options) : [path])
            .Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal)
            .Select(Of).OfType<TranscriptFile>()
            .OrderBy(file => file.Parent is not null)];
    }

    private TranscriptFile? Of(string path)
    {
        var info = new FileInfo(path);
        if (!FileLook.MayHoldAnything(info))
        {
            return null;
        }

        var named = TranscriptPath.Of(path);
        Housekeeping += named.Kind == TranscriptKind.Housekeeping ? 1 : 0;
        var parent = named.Kind == TranscriptKind.Subagent ? named.SessionId ?? parentOf(path) : null;
        var key = named.Kind switch
        {
            TranscriptKind.Main => named.SessionId,
            TranscriptKind.Subagent when parent is not null => TranscriptPath.KeyOf(parent, named.AgentId!),
            _ => null,
        };
        return key is not null ? new TranscriptFile(path, key, parent, info.Length, info.LastWriteTimeUtc.Ticks) : null;
    }
}

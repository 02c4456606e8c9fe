using System.Security.Cryptography;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>Which files have something new, and from where they are read.</summary>
internal sealed class ImportPlan(StoreFile store, ImportOptions options, IAgentRules rules, ImportContext context)
{
    private const int HeadBytes = 4096;

    public IReadOnlyList<PlannedFile> Of(IReadOnlyList<TranscriptFile> files)
    {
        _ = context;
        using var reader = store.OpenReader();
        var planned = new List<PlannedFile>();
        foreach (var file in files)
        {
            var state = TranscriptState.Find(reader, file.Key);
            if (!options.Rebuild && state is not null && state.Path == file.Path && state.Size == file.Size && state.Modified == file.Modified)
            {
                continue;
            }

            planned.Add(new PlannedFile(file, StateOf(file, state)));
        }

        return planned;
    }

    private TranscriptState StateOf(TranscriptFile file, TranscriptState? known)
    {
        var fresh = known is null || options.Rebuild || file.Size < known.Offset || Head(file.Path, known.HeadLength) != known.HeadHash;
        var length = (int)Math.Min(file.Size, HeadBytes);
        return new TranscriptState
        {
            Key = file.Key,
            Source = rules.Source,
            Path = file.Path,
            Size = file.Size,
            Modified = file.Modified,
            HeadLength = length,
            HeadHash = Head(file.Path, length),
            Offset = fresh ? 0 : known!.Offset,
            Lines = fresh ? 0 : known!.Lines,
            LastTime = fresh ? null : known!.LastTime,
        };
    }

    private static string Head(string path, int length)
    {
        var head = new byte[length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var read = file.ReadAtLeast(head, length, throwOnEndOfStream: false);
        return Convert.ToHexString(SHA256.HashData(head.AsSpan(0, read)));
    }
}

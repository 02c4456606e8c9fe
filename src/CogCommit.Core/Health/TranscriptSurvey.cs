using CogCommit.Core.Capture;
using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Capture.Import;

namespace CogCommit.Core.Health;

/// <summary>The transcripts of this machine, and which of them the next import would read.</summary>
internal sealed record TranscriptSurvey
{
    /// <summary>Where the agent keeps them, there or not.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    public required IReadOnlyList<TranscriptFile> Files { get; init; }

    /// <summary>New, or grown since they were imported.</summary>
    public required IReadOnlyList<TranscriptFile> NotImported { get; init; }

    public required IReadOnlyList<string> Unreadable { get; init; }

    public static TranscriptSurvey Of(HealthSubject subject)
    {
        var folders = TranscriptFolders.Default(subject.Environment.Variable, subject.Environment.UserFolder);
        var files = new TranscriptFiles(TranscriptProbe.FirstSessionId).Find(folders.Where(Directory.Exists));
        return new TranscriptSurvey
        {
            Folders = folders,
            Files = files,
            NotImported = subject.Store is { } store ? Importer.Outstanding(store, files, subject.ExcludedProjects()) : files,
            Unreadable = [.. files.Select(file => file.Path).Where(path => !CanBeRead(path))],
        };
    }

    private static bool CanBeRead(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _ = file.ReadByte();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Capture.Import;

/// <summary>Reads outputs that were spilled to files, where those are still there.</summary>
internal static class SpilledText
{
    // More than any program prints about a commit; a larger file is not read, so that memory stays bounded.
    private const long MaxSize = 64 << 20;

    public static string? Read(TranscriptFile transcript, string written)
    {
        var session = transcript.Parent ?? transcript.Key;
        foreach (var path in SpilledOutput.Candidates(transcript.Path, session, written))
        {
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: <= MaxSize } && !LeadsElsewhere(path))
                {
                    return File.ReadAllText(path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is gone or closed to us: the transcript's own text is what there is.
            }
        }

        return null;
    }

    // A link below the folder could lead to any file of this machine.
    private static bool LeadsElsewhere(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            return true;
        }

        var folder = new FileInfo(path).Directory;
        for (; folder is not null && folder.Name != "tool-results"; folder = folder.Parent)
        {
            if (folder.LinkTarget is not null)
            {
                return true;
            }
        }

        return folder?.LinkTarget is not null;
    }
}

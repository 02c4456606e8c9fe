namespace CogCommit.Core.Store;

/// <summary>The picture of a visual as a file of the user's.</summary>
public static class VisualCopy
{
    /// <summary>Of the two ids and the content alone: nothing that came from elsewhere is part of it.</summary>
    /// <param name="visual">Of which it is.</param>
    /// <param name="mime">What its content is; see <see cref="TypeOf"/>.</param>
    public static string FileName(Visual visual, string? mime)
    {
        ArgumentNullException.ThrowIfNull(visual);
        return $"{Start(visual.CommitId)}-{Start(visual.VisualId)}{PictureType.Extension(mime)}";
    }

    /// <summary>What the file's content is, by how it begins; null when it is no picture of ours.</summary>
    public static string? TypeOf(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[PictureType.HeadLength];
        return PictureType.Of(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }

    /// <summary>Copies it; the file appears whole or not at all.</summary>
    /// <param name="from">The content on this machine.</param>
    /// <param name="to">Where it is to be, in a folder that is there.</param>
    /// <param name="overwrite">A file that is there gives way.</param>
    /// <exception cref="CogCommitException">FileExists, VisualNotSaved, DiskFull: what was there before is there still.</exception>
    public static void Write(string from, string to, bool overwrite)
    {
        var fresh = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(to))!, $".{Path.GetFileName(to)}.{Guid.NewGuid():N}.new");
        try
        {
            try
            {
                // Not File.Copy: the user's file has the rights that the user's files have, not those of the store's.
                using (var source = File.OpenRead(from))
                using (var target = new FileStream(fresh, FileMode.CreateNew))
                {
                    source.CopyTo(target);
                }

                File.Move(fresh, to, overwrite);
            }
            finally
            {
                File.Delete(fresh);
            }
        }
        catch (IOException) when (!overwrite && File.Exists(to))
        {
            throw Exists(to);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw FileErrors.IsDiskFull(refused)
                ? FileErrors.DiskFull($"the picture '{to}'", "What was at that place before is there still.", refused)
                : new CogCommitException(
                    "VisualNotSaved",
                    $"'{to}' cannot be written: {refused.Message.TrimEnd('.')}. What was there before is there still. Give yourself the right to write the folder, or name another.",
                    ErrorKind.ReadOnly,
                    refused);
        }
    }

    public static CogCommitException Exists(string path) => new(
        "FileExists", $"'{path}' is there already and was left as it is. With -Force it is replaced.", ErrorKind.Conflict);

    // The ids of an original's store may be any text.
    private static string Start(string id) => string.Concat(id.Where(char.IsAsciiLetterOrDigit).Take(8));
}

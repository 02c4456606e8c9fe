using System.Text;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>
/// The file of an export. It appears whole or not at all: it is written beside its place and moved there at the end. After a write that
/// failed nothing more is written, and it cannot be completed.
/// </summary>
public sealed class ExportTarget : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Nobody writes a turn for that long: whoever left it was killed.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private const int BufferedCharacters = 32 * 1024;

    private readonly string _path;
    private readonly string _fresh;
    private readonly ExportStream _stream;
    private bool _moved;

    /// <exception cref="CogCommitException">ExportNotWritable, DiskFull: nothing was written.</exception>
    public ExportTarget(string path)
    {
        _path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(_path)!;
        _fresh = Path.Combine(folder, $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}.new");
        try
        {
            DeleteAbandoned(folder);
            _stream = new ExportStream(
                new FileStream(_fresh, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0), error => Refused(_path, error));
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(_path, error);
        }

        Writer = new StreamWriter(_stream, Utf8, BufferedCharacters) { NewLine = "\n" };
    }

    public TextWriter Writer { get; }

    /// <exception cref="CogCommitException">ExportNotWritable, DiskFull: what was at this place before is there still.</exception>
    public void Complete()
    {
        Writer.Flush();
        _stream.Dispose();
        try
        {
            File.Move(_fresh, _path, overwrite: true);
            _moved = true;
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            throw Refused(_path, error);
        }
    }

    public void Dispose()
    {
        // Not the writer: it would write what it still holds.
        _stream.Dispose();
        if (!_moved)
        {
            File.Delete(_fresh);
        }
    }

    private void DeleteAbandoned(string folder)
    {
        var before = $".{Path.GetFileName(_path)}.";
        foreach (var left in Directory.EnumerateFiles(folder))
        {
            // Nothing but our own names: the folder is the user's.
            var name = Path.GetFileName(left);
            if (name.Length == before.Length + 36 && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(".new", StringComparison.Ordinal)
                && Guid.TryParseExact(name.AsSpan(before.Length, 32), "N", out _) && File.GetLastWriteTimeUtc(left) < DateTime.UtcNow - Abandoned)
            {
                File.Delete(left);
            }
        }
    }

    private static CogCommitException Refused(string path, Exception error) => FileErrors.IsDiskFull(error)
        ? FileErrors.DiskFull($"the export '{path}'", "What was at that place before is there still, and your commits are untouched.", error)
        : new CogCommitException(
            "ExportNotWritable",
            $"'{path}' cannot be written: {error.Message.TrimEnd('.')}. What was there before is there still. Give yourself the right to write the folder, or name another.",
            ErrorKind.ReadOnly,
            error);
}

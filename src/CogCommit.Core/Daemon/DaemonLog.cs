using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>
/// What a daemon did, a line each: time in UTC, kind, message. When a line would make the file larger than it may be, it becomes the first
/// of the older ones (daemon.1.log, ...). It is open only while a line is written, so others read it, follow it and move it away.
/// </summary>
/// <param name="path">The file; its folder is made.</param>
/// <param name="clock">Says when lines were written that have no time of their own.</param>
/// <param name="limit">Bytes that a file has at most.</param>
/// <param name="kept">How many files there are at most, this one too.</param>
/// <param name="open">Opens a file to be written; tests have disks that are full.</param>
internal sealed partial class DaemonLog(string path, TimeProvider clock, long limit = 1 << 20, int kept = 5, Func<string, Stream>? open = null)
{
    private const int KindWidth = 15;
    private const int LongestMessage = 4000;
    private readonly object _gate = new();
    private readonly Func<string, Stream> _open = open ?? Open;
    private int _lost;

    /// <summary>Writes a line. What a full disk or a missing right loses is counted, and said in front of the next line that succeeds.</summary>
    public void Write(string kind, string message, DateTimeOffset? time = null)
    {
        lock (_gate)
        {
            try
            {
                var text = Line(time ?? clock.GetUtcNow(), kind, message);
                if (_lost > 0)
                {
                    text = Line(clock.GetUtcNow(), "Error", $"{_lost} lines before this one could not be written.") + text;
                }

                Append(Encoding.UTF8.GetBytes(text));
                _lost = 0;
            }
            catch (Exception refused) when (FileErrors.IsRefusal(refused))
            {
                // Watching goes on without a log: the work matters more than what is said of it.
                _lost++;
            }
        }
    }

    public void Write(WatchEvent happened) => Write(
        happened.Kind.ToString(), happened.ErrorId is { } id ? $"{happened.Message} ({id})" : happened.Message, happened.Time);

    /// <summary>The last lines, oldest first; of the older files too where this one has not as many.</summary>
    public IReadOnlyList<string> Last(int count)
    {
        List<string> lines = [];
        for (var age = 0; age < kept && lines.Count < count; age++)
        {
            lines.InsertRange(0, LinesOf(PathOf(age)).TakeLast(count - lines.Count));
        }

        return lines;
    }

    private string PathOf(int age) => age == 0 ? path : Path.ChangeExtension(path, $".{age.ToString(CultureInfo.InvariantCulture)}.log");

    private void Append(byte[] line)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        if (new FileInfo(path) is { Exists: true } file && file.Length + line.Length > limit)
        {
            Rotate(file.Length > 2 * limit);
        }

        using var stream = _open(path);
        stream.Seek(0, SeekOrigin.End);
        stream.Write(line);
    }

    /// <summary>Where somebody reads the file in a way that lets nobody rename it, it grows on for a while.</summary>
    private void Rotate(bool must)
    {
        try
        {
            for (var age = kept - 1; age > 0; age--)
            {
                if (File.Exists(PathOf(age - 1)))
                {
                    File.Move(PathOf(age - 1), PathOf(age), overwrite: true);
                }
            }
        }
        catch (Exception refused) when (!must && FileErrors.IsRefusal(refused))
        {
        }
    }

    private static string Line(DateTimeOffset time, string kind, string message)
    {
        var clean = Jwt().Replace(message, "(token)");
        var one = string.Concat(clean.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
        one = one.Length > LongestMessage ? one[..LongestMessage] + "…" : one;
        return $"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {kind.PadRight(KindWidth)} {one}\n";
    }

    private static string[] LinesOf(string file)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static FileStream Open(string file) => PrivateFiles.Open(file, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);

    // No message of ours has one. A text of somebody else's might, and a log is what people send around.
    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*")]
    private static partial Regex Jwt();
}

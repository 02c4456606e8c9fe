using System.Text;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>A file that appears whole or not at all: it is written beside its place and moved there at the end.</summary>
internal sealed class FileReplacement : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly string _path;
    private readonly string _fresh;

    internal FileReplacement(string path)
    {
        _path = path;
        _fresh = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.new");
        Writer = new StreamWriter(_fresh, append: false, Utf8) { NewLine = "\n" };
    }

    internal StreamWriter Writer { get; }

    internal void Complete()
    {
        Writer.Dispose();
        File.Move(_fresh, _path, overwrite: true);
    }

    public void Dispose()
    {
        Writer.Dispose();
        File.Delete(_fresh);
    }
}

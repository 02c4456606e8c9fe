using System.Text;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>Gives text that is written piecemeal to the pipeline line by line, as Get-Content would.</summary>
internal sealed class LinesToPipeline(Action<string> write) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\n')
        {
            End();
        }
        else
        {
            _line.Append(value);
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        for (int end; (end = buffer.IndexOf('\n')) >= 0; buffer = buffer[(end + 1)..])
        {
            _line.Append(buffer[..end]);
            End();
        }
        _line.Append(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0)
        {
            End();
        }
        base.Dispose(disposing);
    }

    private void End()
    {
        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }
        write(_line.ToString());
        _line.Clear();
    }
}

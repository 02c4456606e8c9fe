using System.Text;
using CogCommit.Core;

namespace CogCommit.Processes.Child;

/// <summary>
/// What this process tells whoever started it, a line each: <c>at</c> a moment of the work, <c>done</c> what it takes for kept,
/// <c>failed</c> what a user would read. The moments are those at which it can be killed again.
/// </summary>
internal sealed class Said(Stream output, int standAt)
{
    private readonly Lock _lines = new();
    private int _count;

    public void At(string moment) => Line($"at {moment}");

    public void Done(string what) => Line($"done {what}");

    public void Failed(CogCommitException error) => Line($"failed {error.ErrorId} {error.Kind} {error.Message.ReplaceLineEndings(" ")}");

    private void Line(string text)
    {
        lock (_lines)
        {
            output.Write(Encoding.UTF8.GetBytes(text + "\n"));
            output.Flush();
            if (++_count == standAt)
            {
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }
}

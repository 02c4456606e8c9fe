using System.Runtime.ExceptionServices;

namespace CogCommit.Core.Sync;

/// <summary>Takes batches one by one, and makes the next one ready before it is asked for: while another is away, there is time.</summary>
internal sealed class ReadAhead(IEnumerator<IReadOnlyList<OutgoingRow>> batches)
{
    private OutgoingBatch? _next;
    private ExceptionDispatchInfo? _fault;
    private bool _read;

    /// <summary>Makes the next batch ready. What goes wrong is said when the batch is taken: the one that is away is heard out first.</summary>
    public void Read()
    {
        try
        {
            _next = batches.MoveNext() ? new OutgoingBatch(batches.Current) : null;
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }

        _read = true;
    }

    /// <summary>The next batch; null: there is none.</summary>
    public OutgoingBatch? Take()
    {
        if (!_read)
        {
            Read();
        }

        _read = false;
        _fault?.Throw();
        return _next;
    }
}

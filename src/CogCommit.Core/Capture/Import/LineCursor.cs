namespace CogCommit.Core.Capture.Import;

/// <summary>
/// The lines of a transcript, one at a time. Lines before the first known time wait for it: a record without a time takes the previous
/// one's, else the next one's (rule 1).
/// </summary>
internal sealed class LineCursor(IEnumerable<IReadOnlyList<ParsedLine>> parcels, DateTimeOffset? lastTime) : IDisposable
{
    private readonly IEnumerator<IReadOnlyList<ParsedLine>> _parcels = parcels.GetEnumerator();
    private readonly List<ParsedLine> _waiting = [];
    private readonly Queue<ParsedLine> _ready = [];
    private bool _known = lastTime is not null;

    /// <summary>Waits for the parser until there is a line; false at the end of the file.</summary>
    public bool Load()
    {
        while (_ready.Count == 0)
        {
            if (!_parcels.MoveNext())
            {
                return false;
            }

            foreach (var line in _parcels.Current)
            {
                Take(line);
            }
        }

        return true;
    }

    /// <summary>The next line that is there already.</summary>
    public bool Next(out ParsedLine line) => _ready.TryDequeue(out line);

    private void Take(ParsedLine line)
    {
        if (_known)
        {
            _ready.Enqueue(line);
            return;
        }

        _waiting.Add(line);
        if (line.Record?.Timestamp is { } time)
        {
            _known = true;
            _waiting.ForEach(before => _ready.Enqueue(before with { Record = before.Record is { } record ? record with { Timestamp = time } : null }));
            _waiting.Clear();
        }
    }

    public void Dispose() => _parcels.Dispose();
}

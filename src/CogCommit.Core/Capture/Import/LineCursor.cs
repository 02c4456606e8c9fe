namespace CogCommit.Core.Capture.Import;

/// <summary>The lines of a transcript, one at a time.</summary>
internal sealed class LineCursor(IEnumerable<IReadOnlyList<ParsedLine>> parcels) : IDisposable
{
    private readonly IEnumerator<IReadOnlyList<ParsedLine>> _parcels = parcels.GetEnumerator();
    private readonly Queue<ParsedLine> _ready = [];

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
                _ready.Enqueue(line);
            }
        }

        return true;
    }

    /// <summary>The next line that is there already.</summary>
    public bool Next(out ParsedLine line) => _ready.TryDequeue(out line);

    public void Dispose() => _parcels.Dispose();
}

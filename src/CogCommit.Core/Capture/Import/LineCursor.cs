namespace CogCommit.Core.Capture.Import;

/// <summary>The lines of a transcript, one at a time, as its parser hands them on.</summary>
internal sealed class LineCursor(Parcels parcels)
{
    private readonly Queue<ParsedLine> _ready = [];

    /// <summary>Every line was taken, and the parser is through.</summary>
    public bool IsThrough => _ready.Count == 0 && parcels.IsThrough;

    /// <summary>The first time that a line which is there already names.</summary>
    public DateTimeOffset? FirstTime => _ready.Select(line => line.Record?.Timestamp).FirstOrDefault(time => time is not null);

    /// <summary>Waits for the parser until there is a line; false at the end of the file.</summary>
    public bool Load()
    {
        while (_ready.Count == 0)
        {
            if (parcels.Take() is not { } parcel)
            {
                return false;
            }

            Add(parcel);
        }

        return true;
    }

    /// <summary>The next line that is there already.</summary>
    public bool Next(out ParsedLine line)
    {
        TryLoad();
        return _ready.TryDequeue(out line);
    }

    /// <summary>As <see cref="Load"/>, without waiting: false also when the parser is behind.</summary>
    public bool TryLoad()
    {
        while (_ready.Count == 0 && parcels.TryTake() is { } parcel)
        {
            Add(parcel);
        }

        return _ready.Count > 0;
    }

    /// <summary>Passes over the rest, and so lets the file's parser go.</summary>
    public void Skip()
    {
        _ready.Clear();
        while (parcels.Take() is not null)
        {
        }
    }

    private void Add(IReadOnlyList<ParsedLine> parcel)
    {
        foreach (var line in parcel)
        {
            _ready.Enqueue(line);
        }
    }
}

namespace CogCommit.Core.Capture.Import;

/// <summary>Counts what an import reads, and tells it on.</summary>
internal sealed class ImportCounts(IReadOnlyList<PlannedFile> planned, IProgress<ImportProgress>? progress)
{
    private readonly List<BadLine> _bad = [];
    private readonly long _total = planned.Sum(file => Math.Max(0, file.File.Size - file.State.Offset));
    private PlannedFile? _current;
    private long _offset;
    private long _lines;
    private long _bytes;
    private int _done;

    public void Begin(PlannedFile file)
    {
        _current = file;
        _offset = file.State.Offset;
        Tell();
    }

    public void Line(TranscriptFile file, ParsedLine line)
    {
        _lines++;
        _bytes += line.End - _offset;
        _offset = line.End;
        if (line.Reason is { } reason)
        {
            _bad.Add(new BadLine(file.Path, line.Number, reason));
        }

        if ((_lines & 0xFF) == 0)
        {
            Tell();
        }
    }

    public void Done()
    {
        _done++;
        _current = null;
        Tell();
    }

    public ImportResult Result(int files, int housekeeping, ImportContext context, TimeSpan elapsed) => new()
    {
        Files = files,
        FilesRead = planned.Count,
        Lines = _lines,
        Bytes = _bytes,
        CommitsNew = context.Tally.New.Count,
        CommitsUpdated = context.Tally.Updated.Count,
        TurnsNew = context.Tally.TurnsNew,
        Prompts = context.Tally.Prompts,
        Housekeeping = housekeeping,
        Replays = context.Replays,
        Replaced = context.Replaced,
        BadLines = [.. context.BadFiles, .. _bad],
        DurationSeconds = elapsed.TotalSeconds,
    };

    private void Tell() => progress?.Report(new ImportProgress(_done, planned.Count, _bytes, _total, _current?.File.Path));
}

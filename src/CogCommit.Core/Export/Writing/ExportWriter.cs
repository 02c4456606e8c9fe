using CogCommit.Core.Export.Reading;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Writing;

/// <summary>Merges the rows of an export into a store, some hundred per transaction.</summary>
internal sealed class ExportWriter(StoreFile store)
{
    private const int RowsPerTransaction = 400;
    private const int BytesPerTransaction = 1 << 20;

    private readonly List<ExportRow> _waiting = [];
    private readonly ExportMerge _merge = new(store.Home.VisualsPath);
    private long _waitingBytes;
    private long _rows;

    public void Add(ExportRow row)
    {
        _rows++;
        _waiting.Add(row);
        _waitingBytes += row switch
        {
            ExportRow.Turn { Row: var turn } => turn.Bytes,
            ExportRow.Visual { Picture.Data: { } data } => data.Length,
            _ => 0,
        };
        if (_waiting.Count >= RowsPerTransaction || _waitingBytes >= BytesPerTransaction)
        {
            Flush();
        }
    }

    public ImportResult Complete(string path, TimeSpan elapsed)
    {
        Flush();
        store.Write(_merge.EndCommit);
        return new ImportResult
        {
            Files = 1,
            FilesRead = 1,
            Lines = _rows,
            Bytes = new FileInfo(path).Length,
            CommitsNew = _merge.CommitsNew,
            CommitsUpdated = _merge.CommitsUpdated,
            TurnsNew = _merge.TurnsNew,
            Prompts = _merge.PromptsNew,
            DurationSeconds = elapsed.TotalSeconds,
        };
    }

    private void Flush()
    {
        store.Write(transaction =>
        {
            foreach (var row in _waiting)
            {
                _merge.Apply(transaction, row);
            }

            _merge.RefreshTotals(transaction);
        });
        _waiting.Clear();
        _waitingBytes = 0;
    }
}

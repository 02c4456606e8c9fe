using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CogCommit.Core.Capture.Import;

/// <summary>
/// Parses several transcripts at once, ahead of the one that writes: each has a short queue, and only some are ahead, so that memory holds
/// a few parcels of few. The writer takes the files in their order.
/// </summary>
internal sealed class ParsedFiles : IDisposable
{
    private const int ParcelsOfFile = 4;
    public const int FilesAhead = 16;

    private readonly List<BlockingCollection<IReadOnlyList<ParsedLine>>> _queues;
    private readonly CancellationTokenSource _stop;
    private readonly Task[] _workers;
    private readonly SemaphoreSlim _ahead = new(FilesAhead);
    private readonly ExceptionDispatchInfo?[] _faults;
    private int _next = -1;

    public ParsedFiles(IReadOnlyList<PlannedFile> files, CancellationToken cancellation)
    {
        _queues = [.. files.Select(_ => new BlockingCollection<IReadOnlyList<ParsedLine>>(ParcelsOfFile))];
        _faults = new ExceptionDispatchInfo?[files.Count];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _workers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, Math.Max(1, Math.Min(8, files.Count))))
            .Select(_ => Task.Factory.StartNew(() => Work(files), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
    }

    /// <summary>The file's parcels, as they come.</summary>
    public Parcels Of(int file) => new(_queues[file], () => _faults[file], _stop.Token);

    /// <summary>The writer is through with a file: another may be parsed ahead.</summary>
    public void Release() => _ahead.Release();

    private void Work(IReadOnlyList<PlannedFile> files)
    {
        while (TakeNext(out var i, files.Count))
        {
            var (file, state) = (files[i].File, files[i].State);
            try
            {
                TranscriptParser.Parse(file.Path, state.Offset, state.Lines, parcel => _queues[i].Add(parcel, _stop.Token), _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The file is gone or cannot be opened: told with its name, the others go on.
                AddUnlessStopped(i, [new ParsedLine(null, $"The file cannot be read: {e.Message}", state.Offset, state.Lines)]);
            }
            catch (Exception e)
            {
                _faults[i] = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                _queues[i].CompleteAdding();
            }
        }
    }

    private bool TakeNext(out int file, int count)
    {
        file = count;
        try
        {
            _ahead.Wait(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        file = Interlocked.Increment(ref _next);
        if (file < count)
        {
            return true;
        }

        // For the other workers: they have nothing left to take either.
        _ahead.Release();
        return false;
    }

    private void AddUnlessStopped(int file, IReadOnlyList<ParsedLine> parcel)
    {
        try
        {
            _queues[file].Add(parcel, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more; the file is read again by the next import.
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAll(_workers);
        foreach (var queue in _queues)
        {
            queue.Dispose();
        }

        _ahead.Dispose();
        _stop.Dispose();
    }
}

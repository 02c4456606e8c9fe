using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CogCommit.Core.Capture.Import;

/// <summary>
/// Parses several transcripts at once, ahead of the one that writes: each has a short queue, so that memory holds a few parcels of each,
/// and the writer takes the files in their order.
/// </summary>
internal sealed class ParsedFiles : IDisposable
{
    private const int Parcels = 4;

    private readonly List<BlockingCollection<IReadOnlyList<ParsedLine>>> _queues;
    private readonly CancellationTokenSource _stop;
    private readonly Task[] _workers;
    private readonly ExceptionDispatchInfo?[] _faults;
    private int _next = -1;

    public ParsedFiles(IReadOnlyList<PlannedFile> files, CancellationToken cancellation)
    {
        _queues = [.. files.Select(_ => new BlockingCollection<IReadOnlyList<ParsedLine>>(Parcels))];
        _faults = new ExceptionDispatchInfo?[files.Count];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _workers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, Math.Max(1, Math.Min(8, files.Count))))
            .Select(_ => Task.Factory.StartNew(() => Work(files), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
    }

    /// <summary>The file's parcels. A parser's own fault ends them with its exception, never as if the file were through.</summary>
    public IEnumerable<IReadOnlyList<ParsedLine>> Of(int file)
    {
        foreach (var parcel in _queues[file].GetConsumingEnumerable(_stop.Token))
        {
            yield return parcel;
        }

        _faults[file]?.Throw();
    }

    private void Work(IReadOnlyList<PlannedFile> files)
    {
        for (var i = Interlocked.Increment(ref _next); i < files.Count && !_stop.IsCancellationRequested; i = Interlocked.Increment(ref _next))
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

        _stop.Dispose();
    }
}

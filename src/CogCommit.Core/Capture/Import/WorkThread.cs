using System.Collections.Concurrent;

namespace CogCommit.Core.Capture.Import;

/// <summary>
/// One thread that does what it is given, piece after piece. What SQLite let go after one piece the C library keeps for the same thread's next; of the
/// pool's threads, which take turns, each would keep its own.
/// </summary>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Task> _work = [];
    private readonly Thread _thread;
    private bool _disposed;

    public WorkThread(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Its exception, if any, is the task's.</summary>
    public Task Run(Action work)
    {
        // Whoever awaits it goes on elsewhere: here it would keep the next piece waiting, and may dispose of this.
        var task = new Task(work, TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(task);
        return task;
    }

    /// <summary>Waits until all is done that it was given.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _work.CompleteAdding();
            _thread.Join();
            _work.Dispose();
        }
    }

    private void Work()
    {
        foreach (var task in _work.GetConsumingEnumerable())
        {
            task.RunSynchronously(TaskScheduler.Default);
        }
    }
}

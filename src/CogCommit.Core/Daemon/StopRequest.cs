using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>A file that asks one watcher to stop: it holds the id of who is meant, so that one left behind stops nobody else.</summary>
internal sealed class StopRequest(string path)
{
    /// <summary>Behind the notifications of the file system, which some network drives have not.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    public void Ask(string id) => File.WriteAllText(path, id);

    public bool Asks(string id)
    {
        try
        {
            // Asked first, for a daemon looks all day, and an exception is dear.
            return File.Exists(path) && File.ReadAllText(path).Trim() == id;
        }
        catch (Exception absent) when (FileErrors.IsRefusal(absent))
        {
            // It is being written, or was taken away just now: another look follows.
            return false;
        }
    }

    /// <summary>Takes the wish away when it was fulfilled, or was meant for one who is no more.</summary>
    public void Delete() => File.Delete(path);

    /// <summary>Calls <paramref name="stop"/>, perhaps several times, when this one is asked to. Dispose what it returns.</summary>
    public IDisposable Heed(string id, Action stop, TimeProvider clock)
    {
        void Look()
        {
            if (Asks(id))
            {
                stop();
            }
        }

        var timer = clock.CreateTimer(_ => Look(), null, Poll, Poll);
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            watcher.Created += (_, _) => Look();
            watcher.Changed += (_, _) => Look();
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            // The user's watches are used up: the poll is slower, and enough.
            watcher?.Dispose();
            watcher = null;
        }

        Look();
        return new Watched(timer, watcher);
    }

    private sealed class Watched(ITimer timer, FileSystemWatcher? watcher) : IDisposable
    {
        public void Dispose()
        {
            timer.Dispose();
            watcher?.Dispose();
        }
    }
}

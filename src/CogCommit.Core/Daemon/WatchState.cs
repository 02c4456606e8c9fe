using CogCommit.Core.Store;
using CogCommit.Core.Watch;

namespace CogCommit.Core.Daemon;

/// <summary>What the holder of the place tells others of himself.</summary>
/// <param name="paths">Where.</param>
/// <param name="log">Told when nothing can be told; or null.</param>
/// <param name="record">Who he is.</param>
internal sealed class WatchState(DaemonPaths paths, DaemonLog? log, DaemonRecord record)
{
    private readonly object _gate = new();
    private readonly DaemonFile _file = new(paths.State);
    private bool _failed;
    private bool _ended;

    public DaemonRecord Record { get; private set; } = record;

    public void Write()
    {
        lock (_gate)
        {
            Replace();
        }
    }

    /// <summary>How it stands to the cloud. What is the same as before costs nothing.</summary>
    public void Say(WatchStatus status)
    {
        lock (_gate)
        {
            if (!_ended && (Record.Status != status || !Record.HasBegun))
            {
                Record = Record with { Status = status, HasBegun = true };
                Replace();
            }
        }
    }

    /// <summary>Before the lock goes: what stays behind would describe nobody.</summary>
    public void Delete()
    {
        lock (_gate)
        {
            _ended = true;
            try
            {
                _file.Delete();
                var request = new StopRequest(paths.Stop);
                if (request.Asks(Record.Id))
                {
                    request.Delete();
                }
            }
            catch (Exception refused) when (FileErrors.IsRefusal(refused))
            {
                log?.Write(WatchEventKind.Error.ToString(), $"'{paths.State}' could not be removed: {refused.Message}");
            }
        }
    }

    private void Replace()
    {
        try
        {
            _file.Write(Record);
            _failed = false;
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            // A full disk: the lock still says that somebody watches. Said once, for the log has the same disk.
            if (!_failed)
            {
                log?.Write(WatchEventKind.Error.ToString(), $"'{paths.State}' could not be written: {refused.Message}");
            }

            _failed = true;
        }
    }
}

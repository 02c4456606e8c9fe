using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>
/// A file that the one watcher of a home holds open for life. The system lets go of it when the process ends, however that is: so a pid
/// that another process has by now deceives nobody. It is never deleted: two processes could else hold two files of one name.
/// </summary>
internal sealed class WatchLock : IDisposable
{
    // Whoever looks whether it is held has it open for a moment.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _stream;

    private WatchLock(FileStream stream) => _stream = stream;

    /// <summary>Null when somebody else holds it. Makes the folder it lies in.</summary>
    /// <exception cref="CogCommitException">WatchLockRefused.</exception>
    public static WatchLock? Take(string path)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
                return new WatchLock(PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException held) when (FileErrors.IsHeld(held))
            {
                if (Environment.TickCount64 >= deadline)
                {
                    return null;
                }

                Thread.Sleep(Pause);
            }
            catch (Exception refused) when (FileErrors.IsRefusal(refused))
            {
                throw Refused(path, refused);
            }
        }
    }

    /// <summary>Whether somebody holds it. Those who look keep each other from nothing.</summary>
    /// <exception cref="CogCommitException">WatchLockRefused.</exception>
    public static bool IsHeld(string path)
    {
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException held) when (FileErrors.IsHeld(held))
        {
            return true;
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw Refused(path, refused);
        }
    }

    private static CogCommitException Refused(string path, Exception refused) => new(
        "WatchLockRefused",
        $"Whether somebody watches cannot be told: '{path}' cannot be opened: {refused.Message} Give yourself the right to read and write it and its folder, then try again.",
        ErrorKind.ReadOnly,
        refused);

    public void Dispose() => _stream.Dispose();
}

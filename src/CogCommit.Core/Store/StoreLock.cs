namespace CogCommit.Core.Store;

/// <summary>
/// A file that one process at a time holds open while it creates or upgrades the store. It is never deleted: deleting it would let two
/// processes hold two different files of the same name.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _stream;

    private StoreLock(FileStream stream) => _stream = stream;

    public static StoreLock Take(string databasePath, TimeSpan patience)
    {
        var path = databasePath + ".lock";
        var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new StoreLock(PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException held) when (FileErrors.IsHeld(held))
            {
                if (Environment.TickCount64 >= deadline)
                {
                    throw new CogCommitException(
                        "StoreLocked",
                        $"Another process is creating or upgrading the store '{databasePath}' (it holds '{path}'). Nothing was changed. Wait until it is done and try again.",
                        ErrorKind.Unavailable,
                        held);
                }

                Thread.Sleep(Pause);
            }
        }
    }

    public void Dispose() => _stream.Dispose();
}

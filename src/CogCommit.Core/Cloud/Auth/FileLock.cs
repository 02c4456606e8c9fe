using CogCommit.Core.Store;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>
/// A file that one holder at a time, of all processes, has open. It is never deleted: deleting it would let two hold two files of
/// one name.
/// </summary>
internal sealed class FileLock : IDisposable
{
    /// <summary>Between two tries.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    public static async Task<FileLock> TakeAsync(string path, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
                return new FileLock(PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException held) when (FileErrors.IsHeld(held))
            {
                if (clock.GetElapsedTime(start) >= patience)
                {
                    throw new CogCommitException(
                        "SignInBusy",
                        $"Another process is renewing the sign-in (it holds '{path}'). Nothing was changed. Try again in a moment.",
                        ErrorKind.Unavailable,
                        held);
                }

                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception refused) when (FileErrors.IsRefusal(refused))
            {
                throw AuthErrors.NotWritable(path, refused);
            }
        }
    }

    public void Dispose() => _stream.Dispose();
}

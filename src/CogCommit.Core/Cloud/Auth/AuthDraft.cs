using CogCommit.Core.Store;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>
/// The next auth.json, while it is written beside its place: its owner's alone from before its first byte. Its room is taken before
/// there is anything to write, so that tokens that exist nowhere else find it. Whoever makes one holds the lock of its name.
/// </summary>
internal sealed class AuthDraft : IDisposable
{
    // Tokens are some thousand bytes.
    private const int Room = 32 * 1024;

    private readonly string _path;
    private readonly string _target;
    private readonly FileStream _file;

    /// <exception cref="CogCommitException">DiskFull, SignInNotWritable.</exception>
    public AuthDraft(string path, string target)
    {
        (_path, _target) = (path, target);
        try
        {
            // What a killed process left may have any rights, and holds tokens.
            File.Delete(path);
            _file = PrivateFiles.Open(path, FileMode.CreateNew, FileShare.Delete);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw AuthErrors.NotWritable(target, refused);
        }

        try
        {
            _file.Write(new byte[Room]);
            _file.Flush(flushToDisk: true);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            Dispose();
            throw AuthErrors.NotWritable(target, refused);
        }
    }

    /// <summary>Puts it in its place, whole.</summary>
    public void Replace(byte[] json)
    {
        try
        {
            _file.Position = 0;
            _file.Write(json);
            _file.SetLength(json.Length);
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            File.Move(_path, _target, overwrite: true);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw AuthErrors.NotWritable(_target, refused);
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }
}

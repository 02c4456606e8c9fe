using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>A new file whose errors are told to the user, the first of them again and again: behind a hole nothing may be written.</summary>
internal sealed class ExportStream(string path, Func<Exception, CogCommitException> tell)
    : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0)
{
    private CogCommitException? _failed;

    // The other ways to write come through here, since this is no plain FileStream.
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_failed is not null)
        {
            throw _failed;
        }

        try
        {
            base.Write(buffer, offset, count);
        }
        catch (Exception error) when (FileErrors.IsRefusal(error))
        {
            _failed = tell(error);
            throw _failed;
        }
    }
}

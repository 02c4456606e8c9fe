namespace CogCommit.Core.Sync;

/// <summary>What the quota leaves, as the cloud said last; what is planned into it is taken off.</summary>
internal sealed class Room(Quota? quota)
{
    private long _commits = quota?.CommitsLeft ?? long.MaxValue;
    private long _bytes = quota?.BytesLeft ?? long.MaxValue;

    /// <summary>Takes the commit's part if there is that much.</summary>
    public bool TryTake(CommitState commit)
    {
        var commits = commit.Confirmed ? 0 : 1;
        if (_commits < commits || _bytes < commit.Bytes)
        {
            return false;
        }

        _commits -= commits;
        _bytes -= commit.Bytes;
        return true;
    }
}

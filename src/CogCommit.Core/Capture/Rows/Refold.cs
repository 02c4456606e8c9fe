using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>Sessions whose text is not here any more as this machine folded it: the next import reads their transcripts from the start.</summary>
internal static class Refold
{
    /// <param name="sessions">Keys; what a subagent said may stand in the file of its main session.</param>
    public static void Mark(WriteTransaction transaction, IEnumerable<string> sessions)
    {
        foreach (var key in sessions)
        {
            transaction.Execute("update transcripts set size = -1, head_hash = null where agent_session_id in ($key, $main)",
                ("$key", key), ("$main", key.Split('/')[0]));
        }
    }
}

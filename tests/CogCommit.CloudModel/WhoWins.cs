namespace CogCommit.CloudModel;

/// <summary>
/// The rule of docs/sync-protocol.md, "Who wins", written a third time on purpose: the device has it in Rows.Merge, the cloud in SQL, and
/// tests hold all three together.
/// </summary>
internal static class WhoWins
{
    public static string Captured(string rev, string hash, string oldRev, string oldHash)
    {
        var order = CompareBytes(rev, oldRev);
        return Word(order != 0 ? order : CompareBytes(hash, oldHash));
    }

    /// <summary>`told` is updated_at as it was sent, `lowered` the same at most five minutes from now.</summary>
    public static string Curated(int version, long told, long lowered, string hash, int oldVersion, long oldUpdatedAt, string oldHash)
    {
        if (version != oldVersion)
        {
            return Word(version.CompareTo(oldVersion));
        }

        // One that was lowered when it came is lowered to something later when it comes again; it is the same one still.
        var byHash = CompareBytes(hash, oldHash);
        if (byHash == 0 && told > lowered)
        {
            return Status.Unchanged;
        }

        return Word(lowered != oldUpdatedAt ? lowered.CompareTo(oldUpdatedAt) : byHash);
    }

    public static string Visual(int version, string rev, long told, long lowered, string hash, Rows.ModelVisual old)
    {
        var order = version != old.Version ? version.CompareTo(old.Version) : CompareBytes(rev, old.Rev);
        return order != 0 ? Word(order) : Curated(version, told, lowered, hash, old.Version, old.UpdatedAt, old.Hash);
    }

    /// <summary>COLLATE "C": the order of UTF-8's bytes, in which what UTF-16 writes with surrogates comes last.</summary>
    public static int CompareBytes(string one, string other)
    {
        var length = Math.Min(one.Length, other.Length);
        for (var i = 0; i < length; i++)
        {
            if (one[i] != other[i])
            {
                return char.IsSurrogate(one[i]) == char.IsSurrogate(other[i]) ? one[i] - other[i] : char.IsSurrogate(one[i]) ? 1 : -1;
            }
        }

        return one.Length - other.Length;
    }

    private static string Word(int order) => order > 0 ? Status.Accepted : order < 0 ? Status.Lost : Status.Unchanged;
}

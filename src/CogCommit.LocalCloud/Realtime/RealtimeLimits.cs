namespace CogCommit.LocalCloud.Realtime;

/// <summary>What one websocket may ask of the local cloud.</summary>
internal static class RealtimeLimits
{
    /// <summary>The largest frame that is read, in bytes: a join with a long token has a few thousand.</summary>
    public const int FrameBytes = 64 * 1024;

    /// <summary>Topics joined at once by one websocket, as on Supabase.</summary>
    public const int Channels = 100;

    /// <summary>Frames that wait for a client that does not read them; with one more it is left.</summary>
    public const int Unread = 256;

    /// <summary>A client that says nothing for so long is gone: Phoenix's own limit.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    /// <summary>How often a channel's token is looked at, at least.</summary>
    public static readonly TimeSpan TokenLook = TimeSpan.FromMinutes(5);
}

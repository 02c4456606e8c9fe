namespace CogCommit;

/// <summary>How continuous sync stands to the cloud.</summary>
public enum ConnectionState
{
    /// <summary>Nothing is synced: storage is local, continuous-sync is off, or nobody is signed in. Transcripts are captured all the same.</summary>
    Off,

    /// <summary>The last try failed, and another one will be made.</summary>
    Offline,

    /// <summary>Synced, and asked again at intervals: the cloud does not tell of pushes by itself.</summary>
    Polling,

    /// <summary>Synced, and the cloud tells of each push.</summary>
    Listening,
}

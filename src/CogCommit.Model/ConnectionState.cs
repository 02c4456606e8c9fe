namespace CogCommit;

/// <summary>How what watches this machine stands to the cloud.</summary>
public enum ConnectionState
{
    /// <summary>Nothing is synced: storage is local, continuous sync is off, or nobody is signed in.</summary>
    Off,

    /// <summary>The cloud cannot be reached; it is tried again.</summary>
    Offline,

    /// <summary>It asks now and then: the cloud cannot tell it.</summary>
    Polling,

    /// <summary>The cloud tells it when another machine pushed.</summary>
    Listening,
}

namespace CogCommit.Core.Cloud.Storage;

/// <summary>What the cloud says to a picture.</summary>
public enum UploadAnswer
{
    /// <summary>It has it now.</summary>
    Stored,

    /// <summary>Something lay there already.</summary>
    WasThere,

    /// <summary>Not now: there is no room, or no live row.</summary>
    NotNow,

    /// <summary>Not as it is: its type, its size.</summary>
    Refused,

    /// <summary>It was not asked: its file on this machine cannot be read now.</summary>
    Unreadable,
}

using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Watch;

/// <summary>Who is signed in, and what watching needs of their cloud.</summary>
internal interface IWatchedAccount : IDisposable
{
    /// <summary>Null when nobody is signed in.</summary>
    /// <exception cref="CogCommitException">auth.json is damaged.</exception>
    CloudUser? Current { get; }

    /// <summary>Push and pull as that user.</summary>
    SyncEngine NewEngine(StoreFile store);

    /// <summary>Hears of that user's pushes; null where nobody tells.</summary>
    ICloudNudges? Listen();
}

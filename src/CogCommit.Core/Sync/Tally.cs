using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Storage;

namespace CogCommit.Core.Sync;

/// <summary>Adds up what the steps of one sync did; a commit counts once.</summary>
internal sealed class Tally(ICloud cloud, ICloudStorage? storage = null)
{
    private readonly int _requests = RequestsOf(cloud, storage);
    private readonly long _bytes = BytesOf(cloud, storage);
    private readonly List<PushOutcome> _pushes = [];
    private readonly List<PullOutcome> _pulls = [];

    public int Repaired { get; set; }

    public int VisualsSent { get; set; }

    public int VisualsWaiting { get; set; }

    public PushOutcome Push()
    {
        _pushes.Add(new PushOutcome());
        return _pushes[^1];
    }

    public PullOutcome Pull()
    {
        _pulls.Add(new PullOutcome());
        return _pulls[^1];
    }

    public SyncResult Result(TimeSpan duration, bool offline) => new()
    {
        Pushed = Count(_pushes, push => push.Pushed),
        Pulled = Count(_pulls, pull => pull.Pulled),
        Filtered = Count(_pushes, push => push.Filtered),
        OverLimit = Count(_pushes, push => push.OverLimit),
        Failed = Count(_pushes, push => push.Failed),
        Conflicts = _pushes.Sum(push => push.Conflicts) + _pulls.Sum(pull => pull.Conflicts),
        Repaired = Repaired,
        Turns = _pushes.Sum(push => push.Turns),
        TurnsReceived = _pulls.Sum(pull => pull.Turns),
        VisualsSent = VisualsSent,
        VisualsWaiting = VisualsWaiting,
        Bytes = BytesOf(cloud, storage) - _bytes,
        Requests = RequestsOf(cloud, storage) - _requests,
        DurationSeconds = duration.TotalSeconds,
        Offline = offline,
    };

    private static int RequestsOf(ICloud cloud, ICloudStorage? storage) => cloud.Requests + (storage?.Requests ?? 0);

    private static long BytesOf(ICloud cloud, ICloudStorage? storage) =>
        cloud.BytesSent + cloud.BytesReceived + (storage is null ? 0 : storage.BytesSent + storage.BytesReceived);

    private static int Count<T>(List<T> steps, Func<T, HashSet<string>> commits) => steps.SelectMany(commits).Distinct().Count();
}

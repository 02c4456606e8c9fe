namespace CogCommit;

/// <summary>What a push, a pull or a sync did. Counts are commits unless they say otherwise.</summary>
public sealed class SyncResult
{
    /// <summary>Commits of which something was accepted by the cloud.</summary>
    public int Pushed { get; init; }

    /// <summary>Commits that arrived or changed here.</summary>
    public int Pulled { get; init; }

    /// <summary>Commits that need no upload (no turn, or a warm-up).</summary>
    public int Filtered { get; init; }

    /// <summary>Commits that wait here because the quota is reached.</summary>
    public int OverLimit { get; init; }

    /// <summary>Commits of which the cloud refused a row; see their SyncStatus.</summary>
    public int Failed { get; init; }

    /// <summary>Edits that lost against another machine's and went to the conflict archive.</summary>
    public int Conflicts { get; init; }

    /// <summary>Commits repaired by <c>-Verify</c>.</summary>
    public int Repaired { get; init; }

    /// <summary>Turns sent.</summary>
    public int Turns { get; init; }

    /// <summary>Turns received.</summary>
    public int TurnsReceived { get; init; }

    /// <summary>Pictures sent.</summary>
    public int VisualsSent { get; init; }

    /// <summary>Pictures that wait here because the cloud has no room for them, or did not take them now.</summary>
    public int VisualsWaiting { get; init; }

    /// <summary>Bytes of the requests' bodies and the answers' bodies.</summary>
    public long Bytes { get; init; }

    /// <summary>Requests made.</summary>
    public int Requests { get; init; }

    /// <summary>Wall time, in seconds.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>True when the cloud could not be reached: nothing is lost, the next sync goes on.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// All of it in a word, for scripts: <c>completed</c>; <c>offline</c>; <c>incomplete</c> when the cloud refused something or the quota is
    /// reached, so that commits wait here that no further sync alone will send.
    /// </summary>
    public string Status => Offline ? "offline" : Failed > 0 || OverLimit > 0 || VisualsWaiting > 0 ? "incomplete" : "completed";
}

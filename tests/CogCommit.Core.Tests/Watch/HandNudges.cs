using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Core.Tests.Watch;

/// <summary>Nudges that the test gives by hand.</summary>
internal sealed class HandNudges : ICloudNudges
{
    private readonly List<Action<Nudge>> _listeners = [];

    /// <summary>What is told is lost on the way.</summary>
    public bool IsMute { get; set; }

    public int Tries { get; private set; }

    public async Task ListenAsync(Action<Nudge> heard, CancellationToken cancellationToken)
    {
        lock (_listeners)
        {
            _listeners.Add(heard);
        }

        heard(new Nudge(NudgeKind.Joined));
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            lock (_listeners)
            {
                _listeners.Remove(heard);
            }
        }
    }

    public void TryNow() => Tries++;

    public void Tell(Nudge nudge)
    {
        if (IsMute)
        {
            return;
        }

        Action<Nudge>[] listeners;
        lock (_listeners)
        {
            listeners = [.. _listeners];
        }

        Array.ForEach(listeners, heard => heard(nudge));
    }
}

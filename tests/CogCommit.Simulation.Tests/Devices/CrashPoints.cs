namespace CogCommit.Simulation.Tests.Devices;

/// <summary>The places at which a process may die: before and behind the moment from which a write is kept, before and behind each request.</summary>
internal sealed class CrashPoints
{
    private int? _left;

    /// <summary>True from the crash until the device is started again: then nothing of the process does anything any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Lets the process die at the place that is so many places ahead.</summary>
    public void Arm(int ahead) => _left = ahead;

    public void Reach()
    {
        if (_left is { } left)
        {
            IsDead |= left == 0;
            _left = left - 1;
        }

        if (IsDead)
        {
            throw new CrashException();
        }
    }

    /// <summary>A new process; it crashes only if it is told to.</summary>
    public void Reset()
    {
        IsDead = false;
        _left = null;
    }
}

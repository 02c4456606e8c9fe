namespace CogCommit.Bench.Measuring;

/// <summary>What a process uses from now on, until the look ends.</summary>
internal sealed class IdleLook(int process)
{
    private readonly double _cpu = ProcessFigures.Cpu(process);
    private readonly IReadOnlyDictionary<string, long> _wakeUps = ProcessFigures.WakeUps(process);

    /// <summary>Of one core.</summary>
    public double CpuPercent { get; private set; }

    /// <summary>A minute.</summary>
    public double WakeUps { get; private set; }

    /// <summary>Bytes, at the end.</summary>
    public long Resident { get; private set; }

    /// <summary>Bytes of it that are not pages of files: what nobody else uses too, and the system cannot drop and read again.</summary>
    public long Own { get; private set; }

    public void End(double seconds)
    {
        CpuPercent = (ProcessFigures.Cpu(process) - _cpu) / seconds * 100;
        WakeUps = ProcessFigures.WakeUps(process).Sum(thread => thread.Value - _wakeUps.GetValueOrDefault(thread.Key)) * 60 / seconds;
        (Resident, Own) = (ProcessFigures.Resident(process), ProcessFigures.Own(process));
    }
}

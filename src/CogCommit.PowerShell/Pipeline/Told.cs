namespace CogCommit.PowerShell.Pipeline;

/// <summary>Hands each report on at once, on the thread that makes it.</summary>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}

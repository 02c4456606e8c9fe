namespace CogCommit.Testing;

/// <summary>Tells each report on the thread that makes it, before it goes on; <see cref="Progress{T}"/> tells later, elsewhere.</summary>
internal sealed class Reports<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}

namespace CogCommit.Core.Tests.Watch;

/// <summary>A network that is back when the test says so.</summary>
internal sealed class HandNetwork
{
    private Action? _back;

    /// <summary>Somebody wants to know.</summary>
    public bool IsWatched => _back is not null;

    public IDisposable Watch(Action back)
    {
        _back = back;
        return new Watching(this);
    }

    public void IsBack() => _back!();

    private sealed class Watching(HandNetwork network) : IDisposable
    {
        public void Dispose() => network._back = null;
    }
}

using CogCommit.Core.Store;

namespace CogCommit.Core.Tests.Store;

/// <summary>A new store in a temporary home, and a builder on it.</summary>
public sealed class TempStore : IDisposable
{
    private readonly TempHome _temp = new();

    public TempStore(TimeProvider? clock = null)
    {
        Store = StoreFile.Open(_temp.Home, clock);
        Builder = new StoreBuilder(Store);
    }

    public StoreFile Store { get; }

    public StoreBuilder Builder { get; }

    public void Dispose()
    {
        Store.Dispose();
        _temp.Dispose();
    }
}

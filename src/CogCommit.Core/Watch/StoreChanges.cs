using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>Whether something here waits for the cloud since the last look, whoever of all processes wrote it.</summary>
internal sealed class StoreChanges(StoreFile store)
{
    // What was refused waits until it changes, and is no reason to ask again.
    private static readonly string Waits = "select " + string.Join(" or ", new[] { "cognitive_commits", "sessions", "turns", "visuals" }
        .Select(table => $"exists (select 1 from {table} where change_seq > pushed_seq and tried_seq <> change_seq)"));

    private long _seen = -1;

    /// <summary>True when the store changed and something of it waits. What came from the cloud changes it too, but waits for nothing.</summary>
    public bool Look()
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select value from counters where name = 'change_seq'";
        var now = (long)command.ExecuteScalar()!;
        if (now == _seen)
        {
            return false;
        }

        _seen = now;
        command.CommandText = Waits;
        return command.ExecuteScalar() is long and not 0;
    }
}

namespace CogCommit.Core.Sync;

/// <summary>What a pull fetches.</summary>
public sealed record PullOptions
{
    /// <summary>Ids, or prefixes of 8 or more characters: just these, also where they were pruned here, from the beginning.</summary>
    public IReadOnlyList<string> CommitIds { get; init; } = [];

    /// <summary>Told of each of the ids that the cloud does not have; null: then that is an error, at the end.</summary>
    public Action<string>? Missing { get; init; }

    /// <summary>Everything from the beginning, instead of what is new.</summary>
    public bool Full { get; init; }
}

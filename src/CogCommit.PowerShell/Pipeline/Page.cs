using System.Management.Automation;

namespace CogCommit.PowerShell.Pipeline;

/// <summary>What -Skip and -First ask for.</summary>
/// <param name="Skip">Left out at the beginning.</param>
/// <param name="First">Given at most; null: all.</param>
internal sealed record Page(long Skip, long? First)
{
    private long _passed;

    internal static Page Of(PagingParameters parameters) => new(
        (long)Math.Min(parameters.Skip, long.MaxValue),
        parameters.First >= long.MaxValue ? null : (long)parameters.First);

    /// <summary>Whether the next of the items that come one by one lies on the page.</summary>
    internal bool Takes() => _passed++ >= Skip && (First is null || _passed - Skip <= First);
}

namespace CogCommit.Core.Sync;

/// <summary>The cloud said something that the protocol does not have.</summary>
internal static class BadAnswer
{
    public static CogCommitException Of(string what, Exception? cause = null) => new(
        "BadAnswer",
        $"The cloud's answer holds {what}. Nothing of this answer was stored. If the cloud is newer than this module, update the module.",
        ErrorKind.InvalidData,
        cause);

    /// <summary>Reads an answer; a field that is not as it should be makes it a bad one.</summary>
    public static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException fault)
        {
            throw Of(fault.Message, fault);
        }
        catch (InvalidOperationException fault)
        {
            // What System.Text.Json says to half a surrogate pair, or to bytes that are no UTF-8, in a name or an id.
            throw Of("text that is no Unicode", fault);
        }
    }
}

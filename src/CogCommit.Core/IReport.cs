namespace CogCommit.Core;

/// <summary>
/// Where the core says what it is doing. It knows no stream and no screen; who listens decides what is shown. Nothing said here holds a token,
/// a key, or what a transcript says. It may wait for the listener, but never throws: where nobody listens any more, what is said is lost.
/// </summary>
public interface IReport
{
    /// <summary>What is done, in a user's words: a sentence.</summary>
    void Verbose(string text);

    /// <summary>What helps to find out why something went as it did: requests, cursors, plans, tries.</summary>
    void Debug(string text);
}

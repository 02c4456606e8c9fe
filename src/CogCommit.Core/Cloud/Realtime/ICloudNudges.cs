namespace CogCommit.Core.Cloud.Realtime;

/// <summary>Hears when a device of the signed-in user has pushed. A nudge is a hint: what counts is what pull says.</summary>
public interface ICloudNudges
{
    /// <summary>Listens until it is cancelled, through every loss of the connection.</summary>
    /// <param name="heard">Called on any thread, one nudge at a time; it must be quick.</param>
    /// <param name="cancellationToken">The way to end it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="CogCommitException">Of kind Unauthorized: the user has to sign in again.</exception>
    /// <exception cref="InvalidOperationException">This object listens already.</exception>
    Task ListenAsync(Action<Nudge> heard, CancellationToken cancellationToken);

    /// <summary>
    /// The network is back, or may be: what waits for its next try is tried at once, what is joined makes sure that it still is.
    /// Does nothing while nobody listens.
    /// </summary>
    void TryNow();
}

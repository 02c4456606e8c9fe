using CogCommit.Core;
using CogCommit.Core.Watch;

namespace CogCommit.Processes.Child.Works;

/// <summary>
/// Watches a folder and syncs, as the daemon does, until it is ended: <c>watch &lt;line&gt; &lt;folder&gt; [deaf]</c>. Deaf: the cloud
/// tells it nothing, as where Realtime is cut off. What it reports to a user who asks for it are moments.
/// </summary>
internal static class WatchWork
{
    public static Task RunAsync(WorkPlace place) => new ContinuousSync(
        place.Home, new WatchOptions { Paths = [place.Text(0)] }, place.TextOrNull(1) == "deaf" ? null : account => account.Listen(),
        report: new Moments(place.Said)).RunAsync(
            happened => place.Said.Done($"{happened.Kind} {happened.Turns} {happened.Message}"),
            status => place.Said.Done($"Status {status.Connection}"),
            CancellationToken.None);

    private sealed class Moments(Said said) : IReport
    {
        public void Verbose(string text) => said.At(text);

        public void Debug(string text) => said.At(text);
    }
}

using System.Globalization;
using CogCommit.Core.Capture;
using CogCommit.Core.Cloud;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Processes.Child;

/// <summary>What a work has at hand: the home that COGCOMMIT_HOME names, its arguments, and a voice.</summary>
internal sealed class WorkPlace(Said said, IReadOnlyList<string> arguments)
{
    // Small enough that a little data is many batches and pages.
    private static readonly BatchLimits FewRows = new(12, 1_000_000, 4 * 1024 * 1024);

    public Said Said => said;

    public CogCommitHome Home { get; } = CogCommitHome.FromEnvironment();

    public string Text(int index) => arguments[index];

    public string? TextOrNull(int index) => arguments.ElementAtOrDefault(index);

    public int Number(int index) => int.Parse(arguments[index], CultureInfo.InvariantCulture);

    /// <summary>Goes through the work once, or, where the last argument says so, again and again until somebody ends it.</summary>
    public IEnumerable<int> Rounds()
    {
        var forever = arguments is [.., "forever"];
        for (var round = 0; round == 0 || forever; round++)
        {
            yield return round;
        }
    }

    /// <summary>The store; each of its transactions is two moments.</summary>
    /// <param name="committed">Asked, behind each transaction, what is now kept.</param>
    public StoreFile OpenStore(Func<IEnumerable<string>>? committed = null) => StoreFile.Open(Home, null, new StoreOptions
    {
        // Small work meets them, too.
        CheckpointBeside = 20,
        CheckpointMost = 100,
        BeforeStep = step =>
        {
            said.At(step);
            if (step == "committed" && committed is not null)
            {
                foreach (var kept in committed())
                {
                    said.Done(kept);
                }
            }
        },
    });

    /// <summary>The way to the cloud that this home is signed in to, each request of it two moments.</summary>
    public static SyncEngine Connect(StoreFile store, CloudAccount account) => new(store, new SmallPages(account.Connect()), FewRows, Boundary.TakeOver);

    public CloudAccount OpenAccount() => new(Home, null, new WatchedRequests(said));
}

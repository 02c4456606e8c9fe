using CogCommit.Core;
using CogCommit.Core.Config;
using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;

namespace CogCommit.PowerShell;

/// <summary>What the cmdlets share that work on visuals.</summary>
public abstract class VisualCommand : CloudCommand
{
    private LocalVisuals? _local;

    // What lies there is looked at; what the settings say of the cache counts where something is added to it.
    private protected LocalVisuals Local => _local ??= new LocalVisuals(Home, new VisualCache(Home));

    /// <summary>The visuals of these ids, as they are. An id that says none, or several, is an error of that id alone.</summary>
    private protected IEnumerable<Visual> ResolveVisuals(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            Visual? visual = null;
            ForOne(id, () => visual = Find(ChosenId.Resolve("Visual", id, FindVisuals), id));
            if (visual is not null && IsNew(visual.VisualId))
            {
                yield return visual;
            }
        }
    }

    private protected IReadOnlyList<string> FindVisuals(string id, int most) => ExistingStore is { } store ? VisualReader.FindIds(store, id, most) : [];

    private protected Visual Find(string id, string? named = null) =>
        VisualReader.Read(Store, new VisualFilter { VisualIds = [id] }, Local, StopToken).FirstOrDefault() ?? throw new CogCommitException(
            "VisualNotFound", $"There is no visual {named ?? id} here any more. Get-CogCommitVisual lists those that are.", ErrorKind.NotFound);

    /// <summary>Where its content lies, whole; it is fetched where this machine has it not.</summary>
    /// <exception cref="CogCommitException">VisualNotHere, VisualNotUploaded, VisualDamaged, CloudUnreachable and others of the cloud.</exception>
    private protected string ContentOf(Visual visual) => Local.FindWhole(visual.ContentHash) ?? Fetch(visual);

    private string Fetch(Visual visual)
    {
        var store = Store;
        var settings = Settings.Load(Home);
        settings.RequireCloud();
        return WithAccount(async (account, _, cancel) =>
        {
            if (account.Current is null)
            {
                throw new CogCommitException(
                    "VisualNotHere",
                    $"The picture {visual.VisualId} is not on this machine{(visual.IsLocal ? $", for '{visual.Path}' is damaged" : "")}, and nobody is signed in to a cloud that may have it. Connect-CogCommit signs in.",
                    ErrorKind.Unauthorized);
            }

            var cache = new VisualCache(Home, settings.VisualCache, Clock);
            return await new VisualSync(store, Home, account.ConnectStorage()) { Cache = cache }.FetchAsync(visual.VisualId, cancel).ConfigureAwait(false);
        });
    }
}

namespace CogCommit.Processes.Child.Works;

/// <summary>Opens the store: that makes it where none is, and upgrades one of the original command line.</summary>
internal static class OpenWork
{
    public static Task RunAsync(WorkPlace place)
    {
        place.OpenStore().Dispose();
        place.Said.Done("opened");
        return Task.CompletedTask;
    }
}

namespace CogCommit.Processes.Child.Works;

/// <summary>Asks the cloud something, and keeps nothing of it: <c>ask &lt;line&gt;</c>.</summary>
internal static class AskWork
{
    public static async Task RunAsync(WorkPlace place)
    {
        using var account = place.OpenAccount();
        await account.Connect().PullAsync(null, 1, CancellationToken.None);
        place.Said.Done("asked");
    }
}

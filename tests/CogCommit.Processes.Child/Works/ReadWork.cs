using System.Globalization;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.Processes.Child.Works;

/// <summary>Lists, searches and counts, and opens no store that is not there: <c>read &lt;line&gt; &lt;words&gt;</c>.</summary>
internal static class ReadWork
{
    public static Task RunAsync(WorkPlace place)
    {
        using var store = StoreFile.OpenExisting(place.Home) ?? throw new FileNotFoundException(place.Home.DatabasePath);
        var commits = CommitReader.Read(store, new CommitFilter()).Count();
        var turns = TurnReader.Read(store, new TurnFilter()).Count();
        var hits = Search.Find(store, new SearchFilter { Query = place.Text(0) }).Count();
        place.Said.Done(string.Create(CultureInfo.InvariantCulture, $"read {commits} {turns} {hits}"));
        return Task.CompletedTask;
    }
}

using System.Globalization;
using CogCommit.Core.Capture;

namespace CogCommit.Processes.Child.Works;

/// <summary>Imports a folder as it is: <c>take &lt;line&gt; &lt;folder&gt;</c>.</summary>
internal static class TakeWork
{
    public static Task RunAsync(WorkPlace place)
    {
        using var store = place.OpenStore();
        var result = new Importer(store).Run(new ImportOptions { Paths = [place.Text(0)] }, null, CancellationToken.None);
        place.Said.Done(string.Create(CultureInfo.InvariantCulture, $"took {result.CommitsNew} {result.TurnsNew}"));
        return Task.CompletedTask;
    }
}

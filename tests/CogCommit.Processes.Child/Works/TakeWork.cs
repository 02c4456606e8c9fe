using System.Globalization;
using CogCommit.Core.Capture;

namespace CogCommit.Processes.Child.Works;

/// <summary>Imports a folder as it is: <c>take &lt;line&gt; &lt;folder&gt; [piecemeal]</c>; piecemeal: no transaction lasts longer than a line, however fast the machine is.</summary>
internal static class TakeWork
{
    public static Task RunAsync(WorkPlace place)
    {
        using var store = place.OpenStore();
        var importer = place.TextOrNull(1) == "piecemeal" ? new Importer(store) { Longest = TimeSpan.Zero } : new Importer(store);
        var result = importer.Run(new ImportOptions { Paths = [place.Text(0)] }, null, CancellationToken.None);
        place.Said.Done(string.Create(CultureInfo.InvariantCulture, $"took {result.CommitsNew} {result.TurnsNew}"));
        return Task.CompletedTask;
    }
}

using CogCommit.Core.Config;

namespace CogCommit.Processes.Child.Works;

/// <summary>Changes a setting: <c>set &lt;line&gt; &lt;key&gt; &lt;value&gt;</c>.</summary>
internal static class SetWork
{
    public static Task RunAsync(WorkPlace place)
    {
        Settings.Load(place.Home).Set(place.Text(0), place.Text(1));
        place.Said.Done("set");
        return Task.CompletedTask;
    }
}

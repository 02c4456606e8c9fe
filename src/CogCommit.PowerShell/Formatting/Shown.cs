using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>
/// The code properties of CogCommit.Types.ps1xml. A view can call no method where the language is constrained; it can read a property.
/// So each type has one hidden property, Shown, whose own properties are the cells of its views.
/// </summary>
public static class Shown
{
    private const string Deserialized = "Deserialized.";
    private const string Ours = "CogCommit.";

    /// <summary>The cells of the object's views, or null for an object of another type. Also of what Import-Clixml and remoting make of ours.</summary>
    public static object? Of(PSObject instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Name(instance) switch
        {
            "CogCommit.CognitiveCommit" => new CommitCells(instance),
            "CogCommit.SearchHit" => new HitCells(instance),
            "CogCommit.Turn" => new TurnCells(instance),
            "CogCommit.Session" => new SessionCells(instance),
            "CogCommit.Visual" => new VisualCells(instance),
            "CogCommit.PushPlanItem" => new PlanCells(instance),
            "CogCommit.CommitConflict" => new ConflictCells(instance),
            "CogCommit.HealthCheck" => new HealthCells(instance),
            "CogCommit.ConfigEntry" => new SettingCells(instance),
            "CogCommit.BadLine" => new LineCells(instance),
            "CogCommit.ToolCall" => new CallCells(instance),
            "CogCommit.StatisticsGroup" => new GroupCells(instance),
            "CogCommit.Statistics" => new StatisticsCells(instance),
            "CogCommit.DaemonStatus" => new DaemonCells(instance),
            "CogCommit.WatchEvent" => new WatchCells(instance),
            "CogCommit.SyncStatus" => new SyncStatusCells(instance),
            "CogCommit.ImportResult" or "CogCommit.SyncResult" or "CogCommit.CloudWipe" or "CogCommit.Identity" => new ResultCells(instance),
            _ => null,
        };
    }

    /// <summary>The first eight characters of a commit's id: enough for every command.</summary>
    public static object? ShortId(PSObject instance) => ShownCells.ShortId(new ShownObject(instance).Text("Id"));

    /// <summary>The time since a commit was started, a TimeSpan.</summary>
    public static object? Age(PSObject instance) => TimeProvider.System.GetUtcNow() - new ShownObject(instance).Moment("StartedAt");

    /// <summary>A visual's content, for whoever names it; null where it was not asked for.</summary>
    public static object? Content(PSObject instance) => (instance?.BaseObject as Visual)?.GetContent();

    // Select-Object and others put names of their own before ours.
    private static string? Name(PSObject instance) => instance.TypeNames
        .Select(name => name.StartsWith(Deserialized, StringComparison.Ordinal) ? name[Deserialized.Length..] : name)
        .FirstOrDefault(name => name.StartsWith(Ours, StringComparison.Ordinal));
}

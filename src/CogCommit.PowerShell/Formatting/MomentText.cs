using System.Globalization;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A moment in local time, the same in every culture.</summary>
internal static class MomentText
{
    public static string Minute(DateTimeOffset? moment) => moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    public static string Second(DateTimeOffset? moment) => moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    public static string TimeOfDay(DateTimeOffset? moment) => moment?.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    public static string Day(DateTimeOffset? moment) => moment?.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>A checked row's fields as columns.</summary>
internal static class Field
{
    public static bool FlagOf(Jsonb? j) => j is { IsTrue: true };

    public static long NumberOf(Jsonb? j) =>
        j is { Kind: JsonbKind.Number } ? long.Parse(j.Text, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public static long TimeOf(Jsonb? j) => Times.Parse(j!.Text)!.Value;

    public static long? TimeOrNull(Jsonb? j) => Check.IsAbsent(j) ? null : TimeOf(j);

    public static Jsonb? JsonOf(Jsonb? j) => Check.IsAbsent(j) ? null : j;

    /// <summary>A device whose clock runs ahead must not win for ever.</summary>
    public static long Lowered(long updatedAt, long now) => Math.Min(updatedAt, now + 5 * Times.Minute);
}

using System.Text.Json;

namespace CogCommit.Core.Health.Checks;

/// <summary>How many days Claude Code keeps transcripts, from its own settings.</summary>
/// <param name="Days">0: it deletes them at once.</param>
/// <param name="IsSet">False where its default counts.</param>
/// <param name="Source">The file that says so, or would.</param>
/// <param name="Problem">Why that file says nothing, or null.</param>
internal sealed record RetentionPeriod(long Days, bool IsSet, string Source, string? Problem = null)
{
    private const long Default = 30;
    private const string Key = "cleanupPeriodDays";

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="folder">Claude Code's own folder, such as ~/.claude.</param>
    public static RetentionPeriod Of(string folder)
    {
        // The local file is stronger.
        var files = new[] { Path.Combine(folder, "settings.local.json"), Path.Combine(folder, "settings.json") };
        return files.Select(Read).OfType<RetentionPeriod>().FirstOrDefault() ?? new RetentionPeriod(Default, IsSet: false, files[1]);
    }

    private static RetentionPeriod? Read(string path)
    {
        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllBytes(path), Options);
            if (settings.RootElement.ValueKind != JsonValueKind.Object || !settings.RootElement.TryGetProperty(Key, out var days))
            {
                return null;
            }

            return days.ValueKind == JsonValueKind.Number && days.TryGetInt64(out var number) && number is >= 0 and <= 1_000_000
                ? new RetentionPeriod(number, IsSet: true, path)
                : new RetentionPeriod(Default, IsSet: false, path, $"{Key} in {path} is {days.GetRawText()}, which is no number of days.");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception damage) when (damage is JsonException or IOException or UnauthorizedAccessException)
        {
            return new RetentionPeriod(Default, IsSet: false, path, $"When Claude Code deletes its transcripts is not known: {path} cannot be read ({damage.Message}).");
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace CogCommit.Core.Export.Formats;

/// <summary>What the head of a commit says, for people.</summary>
internal static class CommitFacts
{
    /// <summary>Names and values, those that are known. IsCode: better in a fixed font.</summary>
    public static IEnumerable<(string Name, string Value, bool IsCode)> Of(ExportedCommit commit)
    {
        var captured = commit.Captured;
        if (commit.Project is { } project)
        {
            yield return ("Project", project.Name, false);
        }

        if (captured.Branch is { } branch)
        {
            yield return ("Branch", branch, true);
        }

        if (captured.GitHash is { } hash)
        {
            yield return ("Git commit", captured.GitSubject is { } subject ? $"{hash} {subject}" : hash, true);
        }

        if (List(captured.GitHashes) is { Count: > 1 } hashes)
        {
            yield return ("All git commits", string.Join(", ", hashes), true);
        }

        yield return ("Started", Minute(captured.StartedAt), false);
        yield return ("Duration", Duration(Timestamps.Parse(captured.ClosedAt) - Timestamps.Parse(captured.StartedAt)), false);
        yield return ("Closed by", captured.ClosedBy.Replace('_', ' '), false);
        yield return ("Agent", captured.Source, false);
        if (commit.MachineName is { } machine)
        {
            yield return ("Machine", machine, false);
        }

        yield return ("Id", commit.Id, true);
    }

    public static IReadOnlyList<string> List(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<List<string>>(json) ?? [];
        }
        catch (JsonException)
        {
            return [json];
        }
    }

    public static string Clock(string time) => Timestamps.Parse(time).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) =>
        time < TimeSpan.FromMinutes(1) ? $"{time.Seconds} s"
        : time < TimeSpan.FromHours(1) ? $"{time.Minutes} min"
        : time < TimeSpan.FromDays(1) ? $"{time.Hours} h {time.Minutes} min"
        : $"{time.Days} d {time.Hours} h";

    private static string Minute(string time) => Timestamps.Parse(time).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

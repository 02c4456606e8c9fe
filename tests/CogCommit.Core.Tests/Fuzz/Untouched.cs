using CogCommit.Core.Capture;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>
/// The turns that only intact lines speak of. A damaged line that is still a record may bear the uuid of an intact one, name its message or
/// answer its call; then it takes part, as any record would, and the turn is left out here. So is a turn of which an original and its fork kept
/// different lines: it is told as by the one that began first, and a damaged time can make that the other.
/// </summary>
internal static class Untouched
{
    public static HashSet<string> Turns(IReadOnlyList<DisturbedTranscript> files)
    {
        var foreign = files.SelectMany(file => file.Foreign).ToList();
        var named = foreign.SelectMany(Names).ToHashSet();
        return [.. files.SelectMany(file => Turns(file, named)).GroupBy(turn => turn.Id)
            .Where(turn => turn.All(told => told.IsUntouched) && turn.Select(told => told.Told).Distinct().Count() == 1).Select(turn => turn.Key)];
    }

    /// <summary>A tail of a conversation of which somebody says that it was interrupted.</summary>
    public static bool MayInterrupt(IReadOnlyList<DisturbedTranscript> files) =>
        files.Any(file => file.Foreign.Any(record => record.Text?.Contains("Request interrupted", StringComparison.Ordinal) == true));

    /// <summary>Each with the names of all that the file's intact lines tell of it, and whether nothing else there speaks of it.</summary>
    private static IEnumerable<(string Id, string Told, bool IsUntouched)> Turns(DisturbedTranscript file, HashSet<string> named)
    {
        // Where one caveat more or less stands before a command, it is another thing.
        var caveats = file.Foreign.Concat(file.Intact).Any(record => record.Text?.Contains("local-command-caveat", StringComparison.Ordinal) == true);
        var byMessage = file.Intact.Where(record => record.MessageId is not null).GroupBy(record => record.MessageId!).ToDictionary(
            group => group.Key, group => group.SelectMany(Names).ToHashSet());
        var results = file.Intact.Where(record => record.ToolResults.Count > 0)
            .SelectMany(record => record.ToolResults.Select(result => (result.ToolUseId, record))).ToLookup(pair => pair.ToolUseId, pair => pair.record);
        foreach (var record in file.Intact.Where(record => record is { Uuid: not null, Timestamp: not null, Kind: RecordKind.User or RecordKind.Assistant }))
        {
            var names = record.MessageId is { } message ? byMessage[message] : [.. Names(record)];
            var answers = names.Where(name => name.StartsWith("call ", StringComparison.Ordinal)).SelectMany(call => results[call[5..]]).SelectMany(Names).ToList();
            var isUntouched = !names.Overlaps(named) && !answers.Exists(named.Contains) && !(caveats && record.Text?.TrimStart().StartsWith('<') == true);
            yield return (record.Uuid!.ToLowerInvariant(), string.Join(' ', names.Union(answers).Order(StringComparer.Ordinal)), isUntouched);
        }
    }

    private static IEnumerable<string> Names(TranscriptRecord record)
    {
        // In either case of its letters it is the same turn.
        if (record.Uuid is { } uuid) yield return "uuid " + uuid.ToLowerInvariant();
        if (record.MessageId is { } message) yield return "message " + message;
        foreach (var call in record.ToolUses) yield return "call " + call.Id;
        foreach (var result in record.ToolResults) yield return "call " + result.ToolUseId;
    }
}

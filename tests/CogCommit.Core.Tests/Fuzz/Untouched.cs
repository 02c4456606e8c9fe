using CogCommit.Core.Capture;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>
/// The turns that only intact lines speak of. A damaged line that is still a record may bear the uuid of an intact one, name its message or
/// answer its call; then it takes part, as any record would, and the turn is left out here.
/// </summary>
internal static class Untouched
{
    public static HashSet<string> Turns(IReadOnlyList<DisturbedTranscript> files)
    {
        var foreign = files.SelectMany(file => file.Foreign).ToList();
        var named = foreign.SelectMany(Names).ToHashSet();
        var turns = new HashSet<string>();
        foreach (var file in files)
        {
            turns.UnionWith(Turns(file, named));
        }

        return turns;
    }

    /// <summary>A tail of a conversation of which somebody says that it was interrupted.</summary>
    public static bool MayInterrupt(IReadOnlyList<DisturbedTranscript> files) =>
        files.Any(file => file.Foreign.Any(record => record.Text?.Contains("Request interrupted", StringComparison.Ordinal) == true));

    private static IEnumerable<string> Turns(DisturbedTranscript file, HashSet<string> named)
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
            var answers = names.Where(name => name.StartsWith("call ", StringComparison.Ordinal)).SelectMany(call => results[call[5..]]).SelectMany(Names);
            if (!names.Overlaps(named) && !answers.Any(named.Contains) && !(caveats && record.Text?.TrimStart().StartsWith('<') == true))
            {
                yield return record.Uuid!.ToLowerInvariant();
            }
        }
    }

    private static IEnumerable<string> Names(TranscriptRecord record)
    {
        if (record.Uuid is { } uuid) yield return "uuid " + uuid;
        if (record.MessageId is { } message) yield return "message " + message;
        foreach (var call in record.ToolUses) yield return "call " + call.Id;
        foreach (var result in record.ToolResults) yield return "call " + result.ToolUseId;
    }
}

using System.Text.Json;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

/// <summary>What the cloud said to a batch (docs/sync-protocol.md, "Push"), read as a whole before anything of it is used.</summary>
internal sealed record PushAnswer
{
    /// <summary>The cloud's name for the push <see cref="Seq"/>; null before the first one.</summary>
    public string? PushId { get; init; }

    public required long Before { get; init; }

    /// <summary>The push of that number: another one than the device knows tells a cloud that was restored and went on.</summary>
    public string? BeforePushId { get; init; }

    public required long Seq { get; init; }

    /// <summary>The push that this answer is of; null when it changed nothing and so made none.</summary>
    public CloudCursor? Made => Seq <= Before ? null : new CloudCursor(Seq, PushId ?? throw BadAnswer.Of("a push without an id"));

    /// <summary>Nobody pushed between this cursor and the batch, and the cloud is the same one: the cursor goes on to <see cref="Made"/>, if there is one.</summary>
    public bool Follows(CloudCursor? cursor) => Before == (cursor?.Seq ?? 0) && (cursor is null || BeforePushId == cursor.PushId);

    /// <summary>All that was sent is confirmed as it was sent, and there is nothing to merge: what is sent next does not depend on it.</summary>
    public bool OnlyConfirms(IReadOnlyList<OutgoingRow> rows) =>
        !Cloud.Any && rows.All(row => Results.TryGetValue((row.Kind, row.Id), out var result) && result is { IsKnown: true, IsConfirmed: true });

    public required IReadOnlyDictionary<(RowKind Kind, string Id), RowAnswer> Results { get; init; }

    /// <summary>The cloud's row for each one that lost.</summary>
    public required CloudRows Cloud { get; init; }

    public Quota? Quota { get; init; }

    public static PushAnswer Read(JsonElement json) => BadAnswer.Reading(() =>
    {
        var answer = new RowReader(json, "push answer");
        Protocol.Check(json);
        var results = new Dictionary<(RowKind, string), RowAnswer>();
        if (json.TryGetProperty("results", out var lists) && lists.ValueKind == JsonValueKind.Object)
        {
            foreach (var (kind, name) in CloudRows.Lists)
            {
                foreach (var result in CloudRows.Items(lists, name))
                {
                    var row = new RowReader(result, "result");
                    results[(kind, row.Id("id"))] = new RowAnswer(
                        row.TextOrNull("captured") ?? row.TextOrNull("status"), row.TextOrNull("curated"), row.TextOrNull("reason"), row.TimeOrNull("updated_at"), row.TextOrNull("path"));
                }
            }
        }

        return new PushAnswer
        {
            PushId = answer.TextOrNull("push_id"),
            Before = answer.LongNumber("before"),
            BeforePushId = answer.TextOrNull("before_push_id"),
            Seq = answer.LongNumber("seq"),
            Results = results,
            Cloud = json.TryGetProperty("cloud", out var cloud) && cloud.ValueKind == JsonValueKind.Object ? CloudRows.Read(cloud) : CloudRows.None,
            Quota = Quota.Of(json),
        };
    });
}

using System.Text.Json;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

/// <summary>A page of pull (docs/sync-protocol.md, "Pull"), read as a whole before anything of it is used.</summary>
internal sealed record PullPage
{
    /// <summary>False when the cloud does not know the push the cursor names: it was restored.</summary>
    public required bool Known { get; init; }

    /// <summary>True when it is unknown because the cloud was wiped since.</summary>
    public bool Wiped { get; init; }

    /// <summary>When the cloud was wiped last; null when it never was.</summary>
    public string? WipedAt { get; init; }

    /// <summary>Null when nothing was ever pushed.</summary>
    public CloudCursor? Cursor { get; init; }

    public required bool More { get; init; }

    public required CloudRows Rows { get; init; }

    public Quota? Quota { get; init; }

    public static PullPage Read(JsonElement json) => BadAnswer.Reading(() =>
    {
        var page = new RowReader(json, "page");
        Protocol.Check(json);
        var cursor = page.Half("cursor");
        var pushId = cursor?.TextOrNull("push_id");
        return new PullPage
        {
            Known = page.Flag("known"),
            Wiped = page.FlagOrFalse("wiped"),
            WipedAt = page.TimeOrNull("wiped_at"),
            Cursor = pushId is null ? null : new CloudCursor(cursor!.LongNumber("seq"), pushId),
            More = page.Flag("more"),
            Rows = CloudRows.Read(json),
            Quota = Quota.Of(json),
        };
    });
}

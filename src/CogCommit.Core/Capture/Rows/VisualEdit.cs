using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture.Rows;

/// <summary>A picture's row after somebody changed what is said of it.</summary>
internal static class VisualEdit
{
    /// <summary>
    /// The next version, which beats what capture says of it on any machine: of a picture nobody keeps what the cloud confirmed last, so
    /// each edit counts. Its time never goes back, whatever the clock does.
    /// </summary>
    public static VisualRow Of(VisualRow row, DateTimeOffset now)
    {
        var before = Timestamps.TryParse(row.UpdatedAt, out var time) ? time : DateTimeOffset.MinValue;
        var at = Timestamps.Cut(now);
        return row with
        {
            Version = row.Version + 1,
            UpdatedAt = Timestamps.ToText(at > before ? at : before.AddMicroseconds(1)),
            Hash = CapturedHash.Of(row),
        };
    }
}

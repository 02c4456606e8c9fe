using System.Text.Json;
using CogCommit.Core.Cloud;

namespace CogCommit.CloudModel.Read;

/// <summary>cogcommit_pull: a page of whole pushes behind the cursor, with the current ancestors of its rows.</summary>
internal static class ModelPull
{
    private const int MostBytes = 16_777_216;
    private const int MostPushes = 2_000;

    public static JsonElement Run(ModelCloud cloud, CloudCursor? cursor, int maxBytes)
    {
        if (cursor is { Seq: < 0 or > 999_999_999_999_999_999 })
        {
            throw new ModelRefusedException("22023", "The cursor is neither null nor {seq, push_id}.");
        }

        var state = cloud.State;
        var known = cursor is null || state.PushAt(cursor.Seq) is { } push && push.PushId == cursor.PushId;
        var low = known ? cursor?.Seq ?? 0 : 0;
        var high = known ? High(state, low, Math.Min(maxBytes, MostBytes)) : 0;
        var page = PulledPage.Of(state, low, high);
        return Answer.Of(to =>
        {
            to.WriteNumber("protocol", 1);
            to.WriteString("now", Times.Text(cloud.Now));
            to.WriteBoolean("known", known);
            to.WriteBoolean("wiped", !known && state.Head is { } head && head.MissedWipe(cursor!.Seq));
            Answer.Time(to, "wiped_at", state.Head?.WipedAt);
            to.WritePropertyName("cursor");
            if (state.PushAt(high) is { } last)
            {
                to.WriteStartObject();
                to.WriteNumber("seq", high);
                to.WriteString("push_id", last.PushId);
                to.WriteEndObject();
            }
            else
            {
                to.WriteNullValue();
            }

            to.WriteBoolean("more", known && state.PlaceBehind(high) < state.Pushes.Count);
            page.Write(to);
            Answer.Quota(to, cloud);
        });
    }

    /// <summary>As many pushes as fit, the first in any case.</summary>
    private static long High(ModelState state, long low, int maxBytes)
    {
        var (first, bytes) = (state.PlaceBehind(low), 0L);
        var end = Math.Min(state.Pushes.Count, first + MostPushes);
        for (var place = first; place < end; place++)
        {
            bytes += state.Pushes[place].Bytes;
            if (place > first && bytes > maxBytes)
            {
                return state.Pushes[place - 1].Seq;
            }
        }

        return end > first ? state.Pushes[end - 1].Seq : low;
    }
}

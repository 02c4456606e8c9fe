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
        var known = cursor is null || cursor.Seq >= 1 && cursor.Seq <= state.Pushes.Count && state.PushIdAt(cursor.Seq) == cursor.PushId;
        var low = known ? cursor?.Seq ?? 0 : 0;
        var high = known ? High(state, low, Math.Min(maxBytes, MostBytes)) : 0;
        var page = PulledPage.Of(state, low, high);
        return Answer.Of(to =>
        {
            to.WriteNumber("protocol", 1);
            to.WriteString("now", Times.Text(cloud.Now));
            to.WriteBoolean("known", known);
            to.WritePropertyName("cursor");
            if (high > 0)
            {
                to.WriteStartObject();
                to.WriteNumber("seq", high);
                to.WriteString("push_id", state.PushIdAt(high));
                to.WriteEndObject();
            }
            else
            {
                to.WriteNullValue();
            }

            to.WriteBoolean("more", known && high < state.Pushes.Count);
            page.Write(to);
            Answer.Quota(to, cloud);
        });
    }

    /// <summary>As many pushes as fit, the first in any case.</summary>
    private static long High(ModelState state, long low, int maxBytes)
    {
        long bytes = 0;
        for (var seq = low + 1; seq <= state.Pushes.Count && seq <= low + MostPushes; seq++)
        {
            bytes += state.Pushes[(int)seq - 1].Bytes;
            if (seq > low + 1 && bytes > maxBytes)
            {
                return seq - 1;
            }
        }

        return Math.Min(state.Pushes.Count, low + MostPushes);
    }
}

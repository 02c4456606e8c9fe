using System.Text.Json;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Health;

/// <summary>What the cloud answers to somebody who wants nothing but an answer.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Problem">Why there is no answer, or null.</param>
/// <param name="Skew">How far this machine's clock is ahead of the cloud's.</param>
/// <param name="Quota">What may be there and what is.</param>
internal sealed record CloudLook(Uri? Url, CogCommitException? Problem, TimeSpan Skew, Quota? Quota)
{
    // Known to no cloud: the answer then holds no rows.
    private static readonly CloudCursor Nowhere = new(0, "00000000-0000-0000-0000-000000000000");
    private const string BehindAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    public static async Task<CloudLook> AtAsync(HealthSubject subject, CloudAccount account, CancellationToken cancellation)
    {
        Uri? url = null;
        try
        {
            var cloud = account.ConnectToLook();
            url = cloud.Url;
            var asked = subject.Now;
            var answer = await cloud.PullAsync(Nowhere, 1, cancellation).ConfigureAwait(false);
            var answered = subject.Now;
            Protocol.Check(answer);
            Protocol.Check(await cloud.DigestAsync(BehindAll, 1, cancellation).ConfigureAwait(false));
            return new CloudLook(url, null, Ahead(asked, answered, answer), Quota.Of(answer));
        }
        catch (CogCommitException problem)
        {
            return new CloudLook(url, problem, TimeSpan.Zero, null);
        }
    }

    /// <summary>Zero while the cloud's time lies between the question and the answer: more cannot be known.</summary>
    private static TimeSpan Ahead(DateTimeOffset asked, DateTimeOffset answered, JsonElement answer)
    {
        var now = BadAnswer.Reading(() => Timestamps.Parse(new RowReader(answer, "answer").Time("now")));
        return now > answered ? answered - now : now < asked ? asked - now : TimeSpan.Zero;
    }
}

using System.Globalization;
using CogCommit.Bench.Corpus;
using CogCommit.Bench.Limits;
using CogCommit.Bench.Machines;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Sync;

namespace CogCommit.Bench.Cases;

/// <summary>A whole history goes to the cloud for the first time, over the wire.</summary>
internal sealed class PushCase : BenchCase
{
    public override string Name => "push";

    public override IReadOnlyList<string> Sizes => Histories.Sizes;

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        var home = bench.Cache.Home(size);
        using var cloud = BenchCloud.Start(bench.Folder());
        KeptTalk.Prepare(cloud);
        using (var first = cloud.NewUser(home, bench.Folder()))
        {
            first.Engine(new KeptTalk(first.Cloud, cloud)).PushAsync(new PushOptions()).GetAwaiter().GetResult();
        }

        SyncResult? pushed = null;
        long sent = 0;
        var spreads = Rounds.Interleave(bench.Rounds(Histories.Rounds(size)), warmUp: false,
            () =>
            {
                using var machine = cloud.NewUser(home, bench.Folder());
                var seconds = Rounds.Time(() => pushed = machine.Push());
                sent = machine.Cloud.BytesSent;
                return seconds;
            },
            () => BareCloudInsert.Run(cloud));
        yield return new Result
        {
            What = "push",
            Work = string.Create(CultureInfo.InvariantCulture, $"{pushed!.Turns:N0} turns in {pushed.Pushed:N0} commits, {sent / 1e6:N1} MB"),
            Ours = spreads[0],
            LimitName = "PostgreSQL inserting the same rows from the same JSON",
            Limit = spreads[1],
            Counted = string.Create(CultureInfo.InvariantCulture, $"{pushed.Requests} requests; bytes / batch + 2 = {(sent / BatchLimits.Default.Bytes) + 2}"),
            Goal = "at most 2 times the limit",
        };
    }
}

using System.Globalization;
using CogCommit.Bench.Corpus;
using CogCommit.Bench.Limits;
using CogCommit.Bench.Machines;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Sync;

namespace CogCommit.Bench.Cases;

/// <summary>A whole history comes to a new machine, over the wire.</summary>
internal sealed class PullCase : BenchCase
{
    public override string Name => "pull";

    public override IReadOnlyList<string> Sizes => Histories.Sizes;

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        using var cloud = BenchCloud.Start(bench.Folder());
        KeptTalk.Prepare(cloud);
        using var first = cloud.NewUser(bench.Cache.Home(size), bench.Folder());
        first.Push();
        using (var second = cloud.NewMachine(first.User, null, bench.Folder()))
        {
            second.Engine(new KeptTalk(second.Cloud, cloud)).PullAsync(new PullOptions()).GetAwaiter().GetResult();
        }

        SyncResult? pulled = null;
        long received = 0;
        var spreads = Rounds.Interleave(bench.Rounds(Histories.Rounds(size)), warmUp: false,
            () =>
            {
                using var machine = cloud.NewMachine(first.User, null, bench.Folder());
                var seconds = Rounds.Time(() => pulled = machine.Pull());
                received = machine.Cloud.BytesReceived;
                return seconds;
            },
            () =>
            {
                using var limit = new BarePull(bench.Folder());
                return limit.Run(cloud);
            });
        yield return new Result
        {
            What = "pull on a new machine",
            Work = string.Create(CultureInfo.InvariantCulture, $"{pulled!.TurnsReceived:N0} turns in {pulled.Pulled:N0} commits, {received / 1e6:N1} MB"),
            Ours = spreads[0],
            LimitName = "the same JSON read from PostgreSQL and inserted into SQLite with its index",
            Limit = spreads[1],
            Counted = $"{pulled.Requests} requests",
            Goal = "at most 2 times the limit",
        };
    }
}

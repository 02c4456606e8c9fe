using System.Globalization;
using CogCommit.Bench.Corpus;
using CogCommit.Bench.Machines;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Sync;

namespace CogCommit.Bench.Cases;

/// <summary>What goes on all day: nothing is new, or one turn is.</summary>
internal sealed class SyncCase : BenchCase
{
    // Its million turns take minutes to push before anything is measured.
    private const string Longest = "1M";

    public override string Name => "sync";

    public override IReadOnlyList<string> Sizes => [.. Histories.Sizes, Longest];

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        using var cloud = BenchCloud.Start(bench.Folder());
        KeptTalk.Prepare(cloud);
        using var machine = cloud.NewUser(size == Longest ? bench.Cache.Store(size).Root : bench.Cache.Home(size), bench.Folder());
        machine.Sync();
        var turns = cloud.Scalar<long>("select count(*) from public.turns");
        cloud.Execute("vacuum analyze");
        var user = Guid.Parse(machine.Cloud.UserId);
        var work = string.Create(CultureInfo.InvariantCulture, $"{turns:N0} turns in the store and in the cloud");

        SyncResult? idle = null;
        var spread = Rounds.Interleave(bench.Rounds(20), () => Rounds.Time(() => idle = machine.Sync()))[0];
        var cursor = cloud.Scalar<string>("select jsonb_build_object('seq', seq, 'push_id', push_id)::text from public.sync_pushes where user_id = $1 order by seq desc limit 1", user)!;
        var look = ServerWork.Of(cloud, user, "public.cogcommit_pull($1::jsonb, 1000000)", cursor);
        yield return new Result
        {
            What = "sync with nothing to do",
            Work = work,
            Ours = spread,
            Counted = $"{idle!.Requests} request, {idle.Bytes} bytes; on the server {look.RowsRead} rows read, {look.Buffers} buffers, {look.TableScans} table scans",
            Goal = "1 request; rows read independent of the history",
        };

        SyncResult? pushed = null;
        long bytes = 0;
        var longest = cloud.Scalar<Guid>("select t.session_id from public.turns t group by t.session_id order by count(*) desc limit 1");
        var session = cloud.Scalar<Guid>("select local_id from public.sessions where id = $1", longest).ToString();
        var n = 0;
        spread = Rounds.Interleave(bench.Rounds(20), () =>
        {
            NewTurn.Add(machine.Store, session, ++n);
            var before = machine.Cloud.BytesSent;
            var seconds = Rounds.Time(() => pushed = machine.Push());
            bytes = machine.Cloud.BytesSent - before;
            return seconds;
        })[0];
        NewTurn.Add(machine.Store, session, ++n);
        machine.Engine(new KeptTalk(machine.Cloud, cloud)).PushAsync(new PushOptions()).GetAwaiter().GetResult();
        var batch = cloud.Scalar<string>("select body from bench.batches order by n desc limit 1")!;
        // The same turn under another id: new each time it is asked.
        var push = ServerWork.Of(cloud, user, "public.cogcommit_push($1::jsonb)", batch.Replace(NewTurn.Id(n), NewTurn.Id(n + 1), StringComparison.Ordinal));
        yield return new Result
        {
            What = "push of one new turn",
            Work = work + string.Create(CultureInfo.InvariantCulture, $", {cloud.Scalar<long>("select count(*) from public.turns where session_id = $1", longest):N0} in its session"),
            Ours = spread,
            Counted = $"{pushed!.Requests} request, {bytes} bytes; on the server {push.RowsRead} rows read, {push.Buffers} buffers, {push.TableScans} table scans",
            Goal = "1 request, under 4 KB plus the turn; the same at any size",
        };
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using CogCommit.Bench.Machines;
using CogCommit.Bench.Measuring;

namespace CogCommit.Bench.Cases;

/// <summary>What one user's push and pull cost the server, among more and more other users with 1,000 commits each.</summary>
internal sealed class ScaleCase : BenchCase
{
    private const int Commits = 1_000;

    public override string Name => "scale";

    public override IReadOnlyList<string> Sizes => ["10", "100", "1000"];

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        using var cloud = BenchCloud.Start(bench.Folder());
        var users = int.Parse(size, CultureInfo.InvariantCulture);
        ManyUsers.Add(cloud, users, Commits);
        cloud.Execute("vacuum analyze");
        var user = cloud.Scalar<Guid>("select user_id from public.sync_heads order by user_id limit 1");
        var bytes = cloud.Scalar<long>("select sum(pg_total_relation_size(c.oid))::bigint from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'");
        var indexes = cloud.Scalar<long>("select sum(pg_indexes_size(c.oid))::bigint from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'");
        var work = string.Create(
            CultureInfo.InvariantCulture, $"{users:N0} users with {Commits:N0} commits and {Commits * ManyUsers.TurnsPerCommit:N0} turns each, {bytes / 1e6:N0} MB, of which indexes {indexes / 1e6:N0} MB");

        yield return Of("pull of one push, on the server", work, bench, cloud, user, "public.cogcommit_pull($1::jsonb, 1)", Cursor(cloud, user, Commits / 20));
        yield return Of("pull with nothing to do, on the server", work, bench, cloud, user, "public.cogcommit_pull($1::jsonb, 1000000)", Cursor(cloud, user, Commits / 10));
        yield return Of("push of ten new commits, on the server", work, bench, cloud, user, "public.cogcommit_push($1::jsonb)", Batch());
    }

    private static Result Of(string what, string work, BenchRun bench, BenchCloud cloud, Guid user, string call, string argument)
    {
        var measured = new List<ServerWork>();
        for (var round = 0; round < bench.Rounds(5); round++)
        {
            measured.Add(ServerWork.Of(cloud, user, call, argument));
        }

        return new Result
        {
            What = what,
            Work = work,
            Ours = new Spread(measured.Select(one => one.Seconds)),
            Counted = $"{measured[^1].RowsRead} rows read, {measured[^1].Buffers} buffers, {measured.Sum(one => one.TableScans)} table scans",
            Goal = "index scans; no more with others' rows",
        };
    }

    private static string Cursor(BenchCloud cloud, Guid user, long seq) => cloud.Scalar<string>(
        "select jsonb_build_object('seq', seq, 'push_id', push_id)::text from public.sync_pushes where user_id = $1 and seq = $2", user, seq)!;

    private static string Batch()
    {
        var batch = new JsonObject
        {
            ["protocol"] = 1,
            ["push_id"] = Id(0),
            ["machine"] = new JsonObject { ["machine_id"] = "machine 1", ["name"] = "box" },
        };
        const string Time = "2026-06-01T10:00:00.000000Z";
        var (commits, sessions, turns) = (new JsonArray(), new JsonArray(), new JsonArray());
        for (var n = 1; n <= 10; n++)
        {
            commits.Add(new JsonObject
            {
                ["id"] = Id(n),
                ["captured"] = new JsonObject
                {
                    ["source"] = "claude_code", ["project"] = "project 1", ["started_at"] = Time, ["closed_at"] = Time, ["closed_by"] = "git_commit",
                    ["turn_count"] = ManyUsers.TurnsPerCommit, ["machine_id"] = "machine 1", ["rev"] = "1", ["hash"] = "h",
                },
            });
            sessions.Add(new JsonObject { ["id"] = Id(100 + n), ["commit_id"] = Id(n), ["started_at"] = Time, ["ended_at"] = Time, ["rev"] = "1", ["hash"] = "h" });
            for (var turn = 0; turn < ManyUsers.TurnsPerCommit; turn++)
            {
                turns.Add(new JsonObject
                {
                    ["id"] = Id(1000 + (n * 10) + turn), ["session_id"] = Id(100 + n), ["ordinal"] = turn, ["role"] = "user", ["content"] = new string('x', 800),
                    ["timestamp"] = Time, ["rev"] = "1", ["hash"] = "h",
                });
            }
        }

        (batch["commits"], batch["sessions"], batch["turns"]) = (commits, sessions, turns);
        return batch.ToJsonString();
    }

    private static string Id(int n) => new Guid(n, 0, 0, [0x40, 0, 0, 0, 0, 0, 0, 2]).ToString();
}

using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>A machine: a store of its own, a way to the cloud, and a capture that writes rows by the rules of design 3.</summary>
internal sealed class Device : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogcommit-device-");
    private readonly BatchLimits _limits;

    public Device(DatabaseCloud cloud, FakeTimeProvider clock, BatchLimits? limits = null)
    {
        Cloud = cloud;
        Clock = clock;
        _limits = limits ?? BatchLimits.Default;
        Store = StoreFile.Open(new CogCommitHome(_folder.FullName), clock);
    }

    public DatabaseCloud Cloud { get; }

    public FakeTimeProvider Clock { get; }

    public StoreFile Store { get; }

    /// <summary>A new one for each call, as a new process would have it.</summary>
    public SyncEngine Engine => new(Store, Cloud, _limits, Boundary.TakeOver);

    public Task<SyncResult> PushAsync(PushOptions? options = null) => Engine.PushAsync(options ?? new PushOptions(), null, TestContext.Current.CancellationToken);

    /// <summary>The first time it is told that the cloud was wiped; the second time it knows, and was told to.</summary>
    public async Task<SyncResult> PushExpectingWipeAsync()
    {
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => PushAsync(new PushOptions { Force = true }))).ErrorId);
        return await PushAsync(new PushOptions { Force = true });
    }

    public Task<SyncResult> PullAsync(PullOptions? options = null) => Engine.PullAsync(options ?? new PullOptions(), null, TestContext.Current.CancellationToken);

    public Task<SyncResult> SyncAsync(bool verify = false) =>
        Engine.SyncAsync(new SyncOptions { Verify = verify }, null, TestContext.Current.CancellationToken);

    /// <summary>The ids of the commits that a talk is cut into.</summary>
    public static IReadOnlyList<string> CommitsOf(Talk talk) => [.. Parts(talk).Select(part => part.Id)];

    public static string TurnId(Talk talk, int n) => Ids.OfRecord("test", talk.AgentSessionId, $"turn {n}");

    public void Import(Talk talk) => Import(Store, talk);

    public static void Import(StoreFile store, Talk talk) => store.Write(transaction =>
    {
        transaction.Execute("insert into projects (name, remote_url) values ($name, 'https://example.org/' || $name) on conflict do nothing", ("$name", talk.Project));
        var machine = (string)transaction.Prepare("select machine_id from machines limit 1").ExecuteScalar()!;
        HashSet<string> touched = [];
        foreach (var part in Parts(talk))
        {
            var last = part.First + part.Count - 1;
            var cut = talk.Boundaries.Count(boundary => boundary <= last + 1);
            var session = Ids.OfSession(talk.AgentSessionId, part.Id);
            var started = talk.Start.AddMinutes(part.First);
            var ended = talk.Start.AddMinutes(last);
            var isExplicit = talk.Boundaries.Contains(last + 1);
            var commit = new CapturedCommit
            {
                Id = part.Id,
                Source = "claude_code",
                AgentSessionId = talk.AgentSessionId,
                Branch = "main",
                GitHash = !isExplicit && talk.Cuts.Contains(last + 1) ? "99b497c" : null,
                GitHashes = !isExplicit && talk.Cuts.Contains(last + 1) ? ["99b497c"] : [],
                StartedAt = started,
                ClosedAt = ended,
                ClosedBy = isExplicit ? "explicit" : talk.Cuts.Contains(last + 1) ? "git_commit" : "session_end",
                ClosedAfter = isExplicit ? TurnId(talk, last) : null,
                FilesRead = ["src/a.cs"],
                DerivedTitle = talk.Turns[part.First][..Math.Min(100, talk.Turns[part.First].Length)],
            };
            var rev = Revision.Of(1, cut, talk.Start, talk.Turns.Count);
            Put(transaction, "cognitive_commits", commit.Id, rev, CapturedHash.Of(commit), """
                insert into cognitive_commits (id, agent_session_id, project_name, branch, git_hash, git_hashes, started_at, closed_at, closed_by, closed_after,
                  files_read, derived_title, parallel, origin_machine_id, updated_at)
                values ($id, $agent, $project, 'main', $git, $gits, $started, $closed, $by, $after, '["src/a.cs"]', $title, $parallel, $machine, $started)
                on conflict (id) do update set git_hash = $git, git_hashes = $gits, started_at = $started, closed_at = $closed, closed_by = $by, closed_after = $after
                """,
                ("$agent", talk.AgentSessionId), ("$project", talk.Project), ("$git", commit.GitHash), ("$gits", commit.GitHash is null ? "[]" : """["99b497c"]"""),
                ("$started", started), ("$closed", ended), ("$by", commit.ClosedBy), ("$after", commit.ClosedAfter), ("$title", commit.DerivedTitle),
                ("$parallel", talk.Parallel), ("$machine", machine));

            var row = new CapturedSession { Id = session, CommitId = part.Id, AgentSessionId = talk.AgentSessionId, StartedAt = started, EndedAt = ended };
            Put(transaction, "sessions", session, rev, CapturedHash.Of(row), """
                insert into sessions (id, commit_id, agent_session_id, started_at, ended_at) values ($id, $commit, $agent, $started, $ended)
                on conflict (id) do update set started_at = $started, ended_at = $ended
                """,
                ("$commit", part.Id), ("$agent", talk.AgentSessionId), ("$started", started), ("$ended", ended));

            for (var n = part.First; n <= last; n++)
            {
                Put(transaction, talk, n, session, Revision.Of(1, talk.Boundaries.Count(boundary => boundary <= n), talk.Start, 1), touched);
            }

            touched.Add(part.Id);
        }

        // What lost its turns to a new boundary goes, as capture leaves it.
        transaction.Execute("delete from sessions where not exists (select 1 from turns where session_id = sessions.id)");
        transaction.Execute("delete from cognitive_commits where deleted_at is null and not exists (select 1 from sessions where commit_id = cognitive_commits.id)");
        transaction.RefreshTotals(touched);
    });

    public void Edit(string commitId, string title) => Edit(commitId, new CurationChange { Title = title });

    public void Edit(string commitId, CurationChange change)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Curation.Apply(Store, commitId, change);
    }

    public void Delete(string commitId)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Deletion.Delete(Store, commitId);
    }

    public T? Scalar<T>(string sql, params (string Name, object? Value)[] parameters)
    {
        using var reader = Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        return command.With(parameters).ExecuteScalar() is T value ? value : default;
    }

    public long Count(string table) => Scalar<long>($"select count(*) from {table}");

    /// <summary>Rows that wait. What is below a deleted commit does not.</summary>
    public long Pending() => Scalar<long>("""
        select (select count(*) from cognitive_commits where change_seq > pushed_seq)
          + (select count(*) from sessions s join cognitive_commits c on c.id = s.commit_id where c.deleted_at is null and s.change_seq > s.pushed_seq)
          + (select count(*) from turns t join sessions s on s.id = t.session_id join cognitive_commits c on c.id = s.commit_id
             where c.deleted_at is null and t.change_seq > t.pushed_seq)
        """);

    public string? Title(string commitId) =>
        Scalar<string>("select case when title_set then title else derived_title end from cognitive_commits where id = $id", ("$id", commitId));

    public string? SyncStatus(string commitId)
    {
        using var reader = Store.OpenReader();
        return CommitColumns.Find(reader, commitId)?.SyncStatus;
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Put(WriteTransaction transaction, Talk talk, int n, string session, string rev, HashSet<string> touched)
    {
        var id = TurnId(talk, n);
        var time = talk.Start.AddMinutes(n);
        var assistant = n % 2 == 1;
        var turn = new CapturedTurn
        {
            Id = id,
            SessionId = session,
            Ordinal = n,
            Role = assistant ? "assistant" : "user",
            Content = talk.Turns[n],
            Timestamp = time,
            Model = assistant ? "model-1" : null,
            ToolCalls = assistant ? [new CogCommit.ToolCall { ToolUseId = "t" + n, Name = "Bash", Input = """{"command":"ls"}""", Result = "ok" }] : [],
            Usage = assistant ? new TokenUsage(1, 2, 3, 4) : null,
        };
        if (transaction.Prepare("select s.commit_id from turns t join sessions s on s.id = t.session_id where t.id = $id").With("$id", id).ExecuteScalar() is string before)
        {
            touched.Add(before);
        }

        Put(transaction, "turns", id, rev, CapturedHash.Of(turn), """
            insert into turns (id, session_id, ordinal, role, content, timestamp, model, tool_calls, usage, bytes)
            values ($id, $session, $ordinal, $role, $content, $time, $model, $calls, $usage, $bytes)
            on conflict (id) do update set session_id = $session, content = $content, timestamp = $time
            """,
            ("$session", session), ("$ordinal", n), ("$role", turn.Role), ("$content", turn.Content), ("$time", time), ("$model", turn.Model),
            ("$calls", assistant ? $$"""[{"id":"t{{n}}","name":"Bash","input":{"command":"ls"},"result":"ok","isError":false}]""" : null),
            ("$usage", assistant ? """{"input_tokens":1,"output_tokens":2,"cache_creation_input_tokens":3,"cache_read_input_tokens":4}""" : null),
            ("$bytes", System.Text.Encoding.UTF8.GetByteCount(talk.Turns[n])));
    }

    /// <summary>As capture writes: only what is greater than what stands there, with the next change.</summary>
    private static void Put(
        WriteTransaction transaction, string table, string id, string rev, string hash, string sql, params (string Name, object? Value)[] parameters)
    {
        using (var row = transaction.Prepare($"select rev, hash from {table} where id = $id").With("$id", id).ExecuteReader())
        {
            if (row.Read() && Merge.CompareCaptured(rev, hash, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)) <= 0)
            {
                return;
            }
        }

        transaction.Execute(sql, [.. parameters, ("$id", id)]);
        transaction.Execute(
            $"update {table} set rev = $rev, hash = $hash, change_seq = $change where id = $id",
            ("$id", id), ("$rev", rev), ("$hash", hash), ("$change", transaction.NextChange()));
    }

    private static IEnumerable<(string Id, int First, int Count)> Parts(Talk talk)
    {
        var first = 0;
        foreach (var end in talk.Cuts.Concat(talk.Boundaries).Append(talk.Turns.Count).Distinct().Order())
        {
            if (end > first)
            {
                yield return (Ids.OfCommit(TurnId(talk, first)), first, end - first);
                first = end;
            }
        }
    }
}

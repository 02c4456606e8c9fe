using CogCommit.Core.Query;
using CogCommit.Core.Tests.Store;
using SQLitePCL;

namespace CogCommit.Core.Tests.Query;

/// <summary>What is asked between two keys costs a long history no more than a short one: counted in SQLite's own steps, not in seconds.</summary>
public sealed class CompletionWorkTests(CompletionWorkTests.Histories histories) : IClassFixture<CompletionWorkTests.Histories>
{
    private static readonly CompletionScope All = new();

    private static readonly Dictionary<string, Func<Completions, IEnumerable<Suggestion>>> Questions = new()
    {
        ["projects"] = store => store.Projects(),
        ["branches"] = store => store.Branches(All),
        ["branches of a project"] = store => store.Branches(All with { Projects = ["project 3"] }),
        ["branches of no project"] = store => store.Branches(All with { Projects = ["another"] }),
        ["commits"] = store => store.Commits(All, ""),
        ["commits by id"] = store => store.Commits(All, "a"),
        ["commits by title"] = store => store.Commits(All, "title 7"),
        ["hidden commits, of which there are none"] = store => store.Commits(All with { Visibility = Visibility.HiddenOnly }, ""),
        ["sessions"] = store => store.Sessions(All, ""),
        ["sessions by id"] = store => store.Sessions(All, "s"),
        ["files"] = store => store.Files(All),
        ["files of a branch"] = store => store.Files(All with { Branches = ["branch*"] }),
        ["tools"] = store => store.Tools(All),
        ["hashes"] = store => store.GitHashes(All),
    };

    public static TheoryData<string> Names => [.. Questions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_work_does_not_grow_with_the_history(string question)
    {
        var (few, found) = Work(histories.Young, Questions[question]);
        var (many, foundAmongMany) = Work(histories.Old, Questions[question]);

        Assert.Equal(found == 0, foundAmongMany == 0);
        // The same but for where the two tables happen to lie in their trees.
        Assert.InRange(many, few / 2, few + (few / 10));
    }

    private static (int Steps, int Found) Work(TempStore temp, Func<Completions, IEnumerable<Suggestion>> ask)
    {
        using var store = Completions.Open(temp.Store.Home, TimeSpan.FromMinutes(1))!;
        var steps = 0;
        raw.sqlite3_progress_handler(store.Connection.Handle!, 100, _ =>
        {
            steps++;
            return 0;
        }, null);
        var found = ask(store).Count();
        raw.sqlite3_progress_handler(store.Connection.Handle!, 0, null, null);
        return (steps, found);
    }

    public sealed class Histories : IDisposable
    {
        public TempStore Young { get; } = Made(4000);

        public TempStore Old { get; } = Made(12000);

        public void Dispose()
        {
            Young.Dispose();
            Old.Dispose();
        }

        /// <summary>A session and a turn in each commit; the newest 4000 are alike in both.</summary>
        private static TempStore Made(int commits)
        {
            var temp = new TempStore();
            temp.Store.Write(t => t.Execute("""
                create temp table n as with recursive n (i) as (select 1 union all select i + 1 from n where i < $count) select i from n;
                insert into cognitive_commits (id, agent_session_id, project_name, branch, git_hash, started_at, closed_at, closed_by, files_changed, derived_title, rev, updated_at, turn_count)
                  select printf('%08x-0000-5000-8000-%012x', (i * 2654435761) % 4294967296, i), 'agent ' || i, 'project ' || (i % 7), 'branch ' || (i % 5), printf('%012x', i),
                    strftime('%Y-%m-%dT%H:%M:%f000Z', '2026-03-01', '-' || i || ' minutes'), '2026-03-01T00:00:00.000000Z', 'git_commit',
                    json_array('src/' || (i % 40) || '.cs'), 'title ' || i, '1', '2026-03-01T00:00:00.000000Z', 1 from n;
                insert into sessions (id, commit_id, agent_session_id, started_at, ended_at, rev)
                  select printf('s%011x', rowid), id, agent_session_id, started_at, closed_at, '1' from cognitive_commits;
                insert into turns (id, session_id, role, content, timestamp, tool_calls, rev)
                  select 't' || rowid, id, 'assistant', 'x', started_at, json_array(json_object('name', 'Tool' || (rowid % 9), 'input', json_object())), '1' from sessions;
                drop table n
                """, ("$count", commits)));
            return temp;
        }
    }
}

using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Testing;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store.Original;

public sealed class OriginalStoreTests : IDisposable
{
    private readonly TempHome _temp = new();

    private CogCommitHome Home => _temp.Home;

    private string[] Backups => Directory.GetFiles(Path.GetDirectoryName(Home.DatabasePath)!, "*.bak*");

    public void Dispose() => _temp.Dispose();

    private static string Row(StoreFile store, string sql)
    {
        using var reader = store.OpenReader();
        return Row(reader, sql);
    }

    private static string Row(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        return row.Read() ? string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "-" : row.GetValue(i))) : "";
    }

    private static List<SearchHit> Find(StoreFile store, string query) =>
        Search.Find(store, new SearchFilter { Query = query }, ct: TestContext.Current.CancellationToken).ToList();

    [Fact]
    public void Who_may_change_nothing_is_told_that_it_would_be_upgraded()
    {
        OriginalDatabase.Create(Home, 6);
        var before = File.ReadAllBytes(Home.DatabasePath);

        Assert.Equal("StoreNotUpgraded", Assert.Throws<CogCommitException>(() => StoreFile.OpenAsItIs(Home)).ErrorId);

        Assert.Equal(before, File.ReadAllBytes(Home.DatabasePath));
        Assert.Equal([Home.DatabasePath], Directory.GetFiles(Path.GetDirectoryName(Home.DatabasePath)!));
    }

    [Fact]
    public void It_tells_each_step_of_the_upgrade()
    {
        OriginalDatabase.Create(Home, 6);
        var told = new List<UpgradeProgress>();

        StoreFile.Open(Home, null, new Reports<UpgradeProgress>(told.Add)).Dispose();

        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(step => step.Step));
        Assert.All(told, step => Assert.Equal(told.Count, step.Steps));
        Assert.Contains(told, step => step.Name == "full text");
    }

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_version_opens_with_all_rows_there_and_searchable(int version)
    {
        OriginalDatabase.Create(Home, version);
        using var store = StoreFile.Open(Home);
        Assert.Equal("2|3|5|1|1", Row(store, """
            select (select count(*) from cognitive_commits), (select count(*) from sessions), (select count(*) from turns), (select count(*) from visuals),
                   (select count(*) from daemon_state)
            """));
        Assert.Equal("100|wal", $"{Row(store, "select version from schema_version")}|{Row(store, "pragma journal_mode")}");
        Assert.Equal("", Row(store, "pragma foreign_key_check"));

        var commits = CommitReader.Read(store, new CommitFilter(), ct: TestContext.Current.CancellationToken).ToList();
        var first = commits.Single(c => c.Id == "c1");
        Assert.Equal(
            ("Please add the flux capacitor", "abcdef1", "abcdef1", "git_commit", "claude_code", "/p/a.cs", "/p/b.cs", true, "pending"),
            (first.Title, first.GitHash, first.GitHashes.ToString(), first.ClosedBy, first.Source, first.FilesRead.ToString(), first.FilesChanged.ToString(), first.Parallel, first.SyncStatus));
        Assert.Equal((2, 3, 1), (first.SessionCount, first.TurnCount, first.PromptCount));
        Assert.Equal("s1|s1|1", Row(store, "select c.agent_session_id, s.agent_session_id, a.is_subagent from cognitive_commits c join sessions s on s.id = 's1' join sessions a on a.id = 'agent-1' where c.id = 'c1'"));
        Assert.Equal(["t1"], Find(store, "capacitor").Where(h => h.TurnId is not null).Select(h => h.TurnId));
        Assert.Equal(["t2"], Find(store, "gigawatt").Select(h => h.TurnId));
        Assert.Equal(["t5"], Find(store, "torn").Select(h => h.TurnId));
        Assert.Single(Backups);
    }

    [Fact]
    public void Impossible_times_are_taken_from_the_turns_and_all_have_our_form()
    {
        OriginalDatabase.Create(Home, 6);
        using var store = StoreFile.Open(Home);
        Assert.Equal("2026-02-11T20:58:00.000000Z|2026-02-11T20:59:00.000000Z|2026-02-11T20:59:00.000000Z", Row(store, "select started_at, closed_at, updated_at from cognitive_commits where id = 'c2'"));
        Assert.Equal("2026-02-11T20:58:00.000000Z|2026-02-11T20:59:00.000000Z", Row(store, "select started_at, ended_at from sessions where id = 's2'"));
        Assert.Equal("2026-02-11T20:36:45.618000Z|2026-02-11T21:46:25.000000Z", Row(store, "select started_at, closed_at from cognitive_commits where id = 'c1'"));
        Assert.Equal("0|1", Row(store, "select a.ordinal, b.ordinal from turns a join turns b on a.id = 't4' and b.id = 't5'"));
    }

    [Fact]
    public void Titles_are_the_users_and_columns_we_do_not_know_keep_their_values()
    {
        OriginalDatabase.Create(Home, 10, OriginalDatabase.SomeRows + """"
            update cognitive_commits set title = 'Mine', published = 1, display_order = 3, project_name = 'demo', sync_status = 'synced', cloud_id = 'k', cloud_version = 4, sentiment_label = 'calm' where id = 'c1';
            update turns set char_count = 29, model = 'opus' where id = 't1';
            alter table turns add column "odd ""name""" text default 'x''y';
            alter table cognitive_commits add column branch text;
            update cognitive_commits set branch = 'theirs';
            """");
        using var store = StoreFile.Open(Home);
        Assert.Equal("Mine|1|1|3|demo|demo", Row(store, "select c.title, title_set, published, display_order, project_name, p.name from cognitive_commits c join projects p where id = 'c1'"));
        Assert.Equal("synced|k|4|calm|0|0|-|theirs", Row(store,
            "select sync_status, cloud_id, original_cloud_version, sentiment_label, cloud_version, pushed_seq, branch, original_branch from cognitive_commits where id = 'c1'"));
        Assert.Equal("29|opus|x'y", Row(store, "select char_count, model, \"odd \"\"name\"\"\" from turns where id = 't1'"));
        Assert.Equal("Mine", Find(store, "capacitor").Single(h => h.TurnId == "t1").Title);
        store.Write(t => t.Execute("insert into turns (id, session_id, role, timestamp) values ('new', 's1', 'user', '')"));
        Assert.Equal("0", Row(store, "select char_count from turns where id = 'new'"));
    }

    [Fact]
    public void Rows_that_hang_in_the_air_and_values_that_make_no_sense_do_not_stop_it()
    {
        OriginalDatabase.Create(Home, 6, """
            insert into cognitive_commits (id, started_at, closed_at, closed_by, parallel, files_read, title, source, published) values
              (null, 'never', '', 'crash', null, '[1, "a"]', '  ', '', null), ('empty', '2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z', 'explicit', 0, 'x', null, null, 1);
            insert into sessions (id, commit_id, started_at, ended_at) values ('s-null', null, '', ''), ('s-lost', 'gone', 'x', 'y'), (null, 'empty', '', '');
            insert into turns (id, session_id, role, content, timestamp, tool_calls) values
              (null, 's-null', 'system', 'a' || char(0) || 'b', 'yesterday', '"[{\"name\":\"Bash\",\"result\":\"twice\\u0000\"}]"'),
              ('t', 'nowhere', 'user', null, '2026-03-01T00:00:00Z', '{"name":"Read"}'), ('u', null, 'user', 'astray', '', '[]'), ('w', 'nowhere', 'user', 'x', '', '3');
            insert into visuals (id, commit_id, type, path, captured_at) values ('v', null, 'x', 'y', 'z'), (null, 'gone too', 'x', 'y', '2026-03-01T00:00:00Z');
            """);
        using var store = StoreFile.Open(Home);
        Assert.Equal("5|4|2", Row(store, "select (select count(*) from sessions), (select count(*) from turns), (select count(*) from visuals)"));
        Assert.Equal("", Row(store, "pragma foreign_key_check"));
        Assert.Equal("0", Row(store, """
            select (select count(*) from cognitive_commits where started_at not glob '????-??-??T??:??:??.??????Z' or closed_at < started_at or title is not null)
                 + (select count(*) from sessions where started_at not glob '????-??-??T??:??:??.??????Z' or ended_at < started_at)
                 + (select count(*) from turns where timestamp not glob '????-??-??T??:??:??.??????Z')
            """));
        Assert.Equal("a\uFFFDb|assistant", Row(store, "select content, role from turns where session_id = 's-null'"));
        Assert.Equal("twice\uFFFD", TurnReader.Read(store, new TurnFilter { SessionIds = ["s-null"] }, TestContext.Current.CancellationToken).Single().ToolCalls.Single().Result);
        Assert.Equal("2026-03-01T00:00:00.000000Z", Row(store, "select timestamp from turns where id = 'w'"));
        Assert.Single(Find(store, "astray"), h => h.TurnId == "u");
        Assert.Equal(Row(store, "select count(*) from cognitive_commits"), CommitReader.Count(store, new CommitFilter()).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_crash_before_any_step_leaves_what_was_there_and_the_next_open_upgrades_it()
    {
        var steps = new List<string>();
        OriginalDatabase.Create(Home, 6);
        using (StoreFile.Open(Home, null, new StoreOptions { BeforeStep = steps.Add }))
        {
        }

        Assert.True(steps.Count >= 10);
        foreach (var step in steps)
        {
            using var temp = new TempHome();
            OriginalDatabase.Create(temp.Home, 6);
            Assert.Throws<FormatException>(() => StoreFile.Open(
                temp.Home, null, new StoreOptions { BeforeStep = at => { if (at == step) { throw new FormatException(step); } } }));
            using (var original = OriginalDatabase.Open(temp.Home))
            {
                Assert.Equal("6|5|1", Row(original, "select (select max(version) from schema_version), (select count(*) from turns), (select count(*) from pragma_table_info('turns') where name = 'cloud_id')"));
            }

            using var store = StoreFile.Open(temp.Home);
            Assert.Equal("100|5", Row(store, "select (select version from schema_version), (select count(*) from turns)"));
            Assert.NotEmpty(Find(store, "gigawatt"));
        }
    }

    [Fact]
    public void The_backup_is_the_database_as_it_was()
    {
        OriginalDatabase.Create(Home, 6);
        StoreFile.Open(Home).Dispose();
        var backup = Assert.Single(Backups);
        Assert.Matches(@"data\.db\.v6\.\d{8}T\d{9}Z\.bak$", backup);
        using var connection = new SqliteConnection($"Data Source={backup};Pooling=False");
        connection.Open();
        Assert.Equal("6|5|2026-11-22T18:55:51.765Z", Row(connection, "select (select version from schema_version), (select count(*) from turns), (select started_at from cognitive_commits where id = 'c2')"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        }
    }

    [Fact]
    public void The_original_leaves_its_earlier_versions_noted_and_the_highest_counts()
    {
        OriginalDatabase.Create(Home, 8, OriginalDatabase.SomeRows + "insert into schema_version values (6);");
        using var store = StoreFile.Open(Home);
        Assert.Equal("100|1", Row(store, "select max(version), count(*) from schema_version"));
    }

    [Fact]
    public void A_version_nobody_knows_is_refused_and_left_alone()
    {
        OriginalDatabase.Create(Home, 10, "insert into schema_version values (11)");
        var error = Assert.Throws<CogCommitException>(() => StoreFile.Open(Home));
        Assert.Equal(("StoreOfUnknownOriginal", ErrorKind.Newer), (error.ErrorId, error.Kind));
        Assert.Empty(Backups);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Home.DatabasePath)!);
        using (var connection = OriginalDatabase.Open(Home))
        {
            OriginalDatabase.Run(connection, "create table shopping (item text)");
        }

        Assert.Equal("NotAStore", Assert.Throws<CogCommitException>(() => StoreFile.Open(Home)).ErrorId);
    }

    [Fact]
    public void One_that_the_daemon_holds_gives_a_clear_error_and_opens_when_it_lets_go()
    {
        OriginalDatabase.Create(Home, 6);
        var impatient = new StoreOptions { Patience = TimeSpan.FromMilliseconds(50) };
        using (var daemon = OriginalDatabase.Open(Home))
        {
            OriginalDatabase.Run(daemon, "begin immediate");
            var error = Assert.Throws<CogCommitException>(() => StoreFile.Open(Home, null, impatient));
            Assert.Equal("StoreBusy", error.ErrorId);
            Assert.Contains("daemon", error.Message, StringComparison.Ordinal);
        }

        StoreFile.Open(Home).Dispose();
    }

    [Fact]
    public void One_that_may_not_be_written_gives_a_clear_error()
    {
        OriginalDatabase.Create(Home, 6);
        File.SetAttributes(Home.DatabasePath, FileAttributes.ReadOnly);
        try
        {
            var error = Record.Exception(() => StoreFile.Open(Home).Dispose());
            Assert.SkipWhen(error is null && Environment.UserName == "root", "root may write what is read-only.");
            Assert.Equal("StoreReadOnly", Assert.IsType<CogCommitException>(error).ErrorId);
        }
        finally
        {
            File.SetAttributes(Home.DatabasePath, FileAttributes.Normal);
        }
    }

    [Fact]
    public async Task Two_who_open_it_at_once_upgrade_it_once()
    {
        OriginalDatabase.Create(Home, 6);
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StoreFile.Open(Home))));
        Assert.All(opened, store => Assert.Equal("5", Row(store, "select count(*) from turns")));
        Assert.Single(Backups);
        Array.ForEach(opened, store => store.Dispose());
    }

    [Fact]
    public void A_real_one_of_version_6_opens_with_every_turn_there_and_searchable()
    {
        var original = SharedData.Path("data", "peer", "data-v6.db");
        Directory.CreateDirectory(Path.GetDirectoryName(Home.DatabasePath)!);
        File.WriteAllBytes(Home.DatabasePath, File.ReadAllBytes(original));
        using var store = StoreFile.Open(Home);
        Assert.Equal("4|4|317|0", Row(store, """
            select (select count(*) from cognitive_commits), (select count(*) from sessions), (select count(*) from turns),
                   (select count(*) from cognitive_commits where started_at > closed_at)
            """));
        var longest = CommitReader.Read(store, new CommitFilter { Projects = ["spotter"] }, ct: TestContext.Current.CancellationToken).MaxBy(c => c.TurnCount)!;
        Assert.Equal(
            ("1de4d831-0b99-4ac2-b572-c568260c6c02", "Implement spotter-gqc", "2026-02-11T20:36:45.618000Z", "2026-02-11T21:46:25.781000Z"),
            (longest.Id, longest.Title, Timestamps.ToText(longest.StartedAt), Timestamps.ToText(longest.ClosedAt)));

        // Each turn is found by a word that it says or that its tools were told.
        var searched = 0;
        foreach (var turn in TurnReader.Read(store, new TurnFilter(), TestContext.Current.CancellationToken))
        {
            var said = System.Text.RegularExpressions.Regex.Matches(turn.Content + " " + string.Concat(turn.ToolCalls.Select(c => c.Result)), @"\b[A-Za-z]{3,20}\b").MaxBy(m => m.Length);
            if (said is not null)
            {
                Assert.Equal("1", Row(store, $"select count(*) from turn_index where turn_index match '\"{said.Value}\"' and rowid = (select row from turns where id = '{turn.TurnId}')"));
                searched++;
            }
        }

        Assert.InRange(searched, 300, 317);
    }
}

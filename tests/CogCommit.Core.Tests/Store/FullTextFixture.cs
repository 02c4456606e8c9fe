using CogCommit.Core.Store;
using CsCheck;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store;

/// <summary>A store, another program that writes to it with plain SQL, and what its full-text index is to say.</summary>
public abstract class FullTextFixture : IDisposable
{
    private readonly TempHome _temp = new();

    protected StoreFile Store { get; }

    /// <summary>Any other program.</summary>
    protected SqliteConnection Plain { get; }

    protected FullTextFixture()
    {
        Store = StoreFile.Open(_temp.Home);
        // As any other program would open it: no pragma of ours.
        Plain = new SqliteConnection($"Data Source={_temp.Home.DatabasePath};Pooling=False;Foreign Keys=True");
        Plain.Open();
        Run("insert into cognitive_commits (id, started_at, closed_at, closed_by, updated_at) values ('c', '', '', 'session_end', '')");
        Run("insert into sessions (id, commit_id, started_at, ended_at) values ('s', 'c', '', '')");
    }

    public void Dispose()
    {
        Plain.Dispose();
        Store.Dispose();
        _temp.Dispose();
        GC.SuppressFinalize(this);
    }

    protected int Run(string sql, params (string, object?)[] parameters)
    {
        using var command = Plain.CreateCommand();
        command.CommandText = sql;
        return command.With(parameters).ExecuteNonQuery();
    }

    protected string Found(string match, string index = "turn_index")
    {
        using var command = Plain.CreateCommand();
        command.CommandText = $"select coalesce(group_concat(row, ','), '') from (select rowid as row from {index} where {index} match $match order by rowid)";
        return (string)command.With("$match", match).ExecuteScalar()!;
    }

    /// <summary>FTS5's own check of the index, and each word at each place as in an index made anew from what the rows say now.</summary>
    protected void AssertWhole()
    {
        Run("insert into turn_index (turn_index) values ('integrity-check'); insert into commit_index (commit_index) values ('integrity-check')");
        Assert.Equal((0, 0), (Run("update turn_index_later set row = row"), Run("update commit_index_later set row = row")));
        AssertWholeButForWhatWaits();
    }

    /// <summary>Each word at each place as in an index made anew from what the rows say that do not wait.</summary>
    protected void AssertWholeButForWhatWaits()
    {
        AssertWhole("turn_index", "turn_texts", "prompt, answer, tool_input, tool_result, spaced");
        AssertWhole("commit_index", "commit_texts", "title, git_subject, files, spaced");
    }

    private void AssertWhole(string index, string view, string columns)
    {
        Run($"""
            drop table if exists temp.is_there; drop table if exists temp.should_be; drop table if exists temp.anew;
            create virtual table temp.anew using fts5({columns}, tokenize = 'unicode61 remove_diacritics 2');
            insert into temp.anew (rowid, {columns}) select * from {view} where row not in (select row from {index}_later);
            create virtual table temp.is_there using fts5vocab('main', '{index}', 'instance');
            create virtual table temp.should_be using fts5vocab('temp', 'anew', 'instance');
            """);
        using (var command = Plain.CreateCommand())
        {
            command.CommandText = """
                select group_concat(what, char(10)) from (
                  select 'too much: ' || term || ' ' || doc || ' ' || col || ' ' || offset as what from (select * from temp.is_there except select * from temp.should_be)
                  union all select 'missing: ' || term || ' ' || doc || ' ' || col || ' ' || offset from (select * from temp.should_be except select * from temp.is_there))
                """;
            Assert.Equal(DBNull.Value, command.ExecuteScalar());
        }

    }

    protected static Gen<(int, int, int, int)[]> Steps { get; } = Gen.Select(Gen.Int[0, 11], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[0, 3]).Array[1, 25];

    protected void Empty() => Run("delete from turns; delete from cognitive_commits where id <> 'c'");

    protected void RunAll((int, int, int, int)[] steps)
    {
        foreach (var (sql, values) in steps.Select(Statement))
        {
            Run(sql, values);
        }
    }

    protected void Leave((int, int, int, int)[] steps) => Leave([.. steps.Select(Statement)]);

    protected void Leave(params (string Sql, (string, object?)[] Values)[] statements) => Store.Write(transaction =>
    {
        transaction.IndexLater();
        transaction.LeaveIndex();
        foreach (var (sql, values) in statements)
        {
            transaction.Execute(sql, values);
        }
    });

    protected void Leave(string sql) => Leave((sql, []));

    protected static (string Sql, (string, object?)[] Values) Statement((int What, int One, int Two, int Which) step)
    {
        var text = new[] { "alpha", "beta 世界", "gamma_delta", "" }[step.Which];
        const string Turn = "into turns (row, id, session_id, role, content, timestamp, tool_calls) values ($a, 'id' || $b, 's', 'user', $t, '', $j)";
        const string Commit = "into cognitive_commits (row, id, derived_title, started_at, closed_at, closed_by, updated_at) values ($a + 1, 'id' || $b, $t, '', '', '', '')";
        var sql = step.What switch
        {
            0 => $"insert or ignore {Turn}",
            1 => $"insert or replace {Turn}",
            2 => $"insert {Turn} on conflict do update set content = excluded.content",
            3 => $"insert {Turn} on conflict do update set bytes = 1",
            4 => "delete from turns where id = 'id' || $a",
            5 => "update or replace turns set id = 'id' || $b where row = $a",
            6 => "update or ignore turns set id = 'id' || $b, content = $t, tool_calls = null where row = $a",
            7 => "update turns set content = $t, role = 'assistant' where row = $a",
            8 => $"insert or replace {Commit}",
            9 => "update cognitive_commits set title = $t, title_set = $a % 2 where row = $b",
            10 => "delete from cognitive_commits where row = $a + 1",
            _ => "delete from turns; insert into turns (id, session_id, role, content, timestamp) values ('id' || $a, 's', 'user', $t, '')",
        };
        return (sql, [("$a", step.One), ("$b", step.Two), ("$t", text), ("$j", $$"""[{"input":{"x":"{{text}}"},"result":"{{text}}"}]""")]);
    }
}

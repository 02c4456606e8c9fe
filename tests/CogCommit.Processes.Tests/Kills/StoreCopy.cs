using System.Text;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>
/// What a killed process left of a database, looked at as a copy: so the one to recover it is the next process that opens it, as in life.
/// </summary>
internal sealed class StoreCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogcommit-copy-");
    private readonly SqliteConnection _connection;

    public StoreCopy(CogCommitHome home)
        : this(home.DatabasePath)
    {
    }

    public StoreCopy(string path)
    {
        var copy = Path.Combine(_folder.FullName, "copy.db");
        foreach (var suffix in new[] { "", "-wal", "-journal" }.Where(suffix => File.Exists(path + suffix)))
        {
            File.Copy(path + suffix, copy + suffix);
        }

        _connection = new SqliteConnection($"Data Source={copy};Pooling=False;Foreign Keys=False");
        _connection.Open();
    }

    /// <summary>Schema version 0: there is no store yet.</summary>
    public long Version => Text("select 1 from sqlite_master where name = 'schema_version'").Length == 0
        ? 0
        : long.Parse(Text("select max(version) from schema_version"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>SQLite finds nothing wrong, no row hangs in the air, the full text is that of the rows, and the totals are those of the turns.</summary>
    public StoreCopy AssertWhole()
    {
        Assert.Equal("ok", Text("pragma integrity_check"));
        if (Version == StoreConnection.SchemaVersion)
        {
            Assert.Equal("", Text("pragma foreign_key_check"));
            foreach (var (index, rows, before) in new[] { ("turn_index", "turns", "turn_texts_before"), ("commit_index", "cognitive_commits", "commit_texts_before") })
            {
                Text($"insert into {index} ({index}) values ('integrity-check')");
                // One document for each row, no more and no less, but for what is said to wait.
                Assert.Equal("", Text($"select row from {rows} except select id from {index}_docsize except select row from {index}_later"));
                Assert.Equal("", Text($"select id from {index}_docsize except select row from {rows} except select row from {before}"));
                Assert.Equal("", Text($"select row from {index}_later where not exists (select 1 from full_text_later)"));
            }

            Assert.Equal("", Text("""
                select id from cognitive_commits c where turn_count <> (select count(*) from turns t join sessions s on s.id = t.session_id where s.commit_id = c.id)
                """));
        }

        return this;
    }

    /// <summary>No row waits for full text, and each word stands where one made anew has it.</summary>
    public StoreCopy AssertIndexed()
    {
        Assert.Equal("", Text("select * from full_text_later union all select row from turn_index_later union all select row from commit_index_later"));
        foreach (var (index, columns) in new[] { ("turn", "prompt, answer, tool_input, tool_result, spaced"), ("commit", "title, git_subject, files, spaced") })
        {
            Text($"create virtual table temp.{index}_anew using fts5({columns}, tokenize = 'unicode61 remove_diacritics 2')");
            Text($"insert into temp.{index}_anew (rowid, {columns}) select * from {index}_texts");
            Text($"create virtual table temp.{index}_there using fts5vocab('main', '{index}_index', 'instance')");
            Text($"create virtual table temp.{index}_should using fts5vocab('temp', '{index}_anew', 'instance')");
            Assert.Equal("", Text($"select * from (select * from temp.{index}_there except select * from temp.{index}_should) union all select * from (select * from temp.{index}_should except select * from temp.{index}_there)"));
        }

        return this;
    }

    /// <summary>The rows of a query, a line each.</summary>
    public string Text(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var text = new StringBuilder();
        while (row.Read())
        {
            text.AppendJoin('|', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "" : row.GetValue(i))).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Every row of every table.</summary>
    public string Everything() => string.Join('\n', Text("select name from sqlite_master where type = 'table' order by name").Split('\n')
        .Select(table => $"{table}\n{Text($"select * from \"{table}\"")}"));

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Delete(recursive: true);
    }
}

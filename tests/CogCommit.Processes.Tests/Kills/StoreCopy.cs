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
            foreach (var part in FullTextPart.All)
            {
                Text($"insert into {part.Index} ({part.Index}) values ('integrity-check')");
                // One document for each row, no more and no less, but for what is said to wait.
                Assert.Equal("", Text($"select row from {part.Table} except select id from {part.Index}_docsize except select row from {part.Later}"));
                Assert.Equal("", Text($"select id from {part.Index}_docsize except select row from {part.Table} except select row from {part.Before}"));
                Assert.Equal("", Text($"select row from {part.Later} where not exists (select 1 from full_text_later)"));
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
        Assert.Equal("", Text("select * from full_text_later"));
        foreach (var part in FullTextPart.All)
        {
            var (anew, there, should) = ($"temp.{part.Name}_anew", $"temp.{part.Name}_there", $"temp.{part.Name}_should");
            Assert.Equal("", Text($"select row from {part.Later}"));
            Text($"create virtual table {anew} using fts5({part.ColumnList}, spaced, tokenize = 'unicode61 remove_diacritics 2')");
            Text($"insert into {anew} (rowid, {part.ColumnList}, spaced) select * from {part.Texts}");
            Text($"create virtual table {there} using fts5vocab('main', '{part.Index}', 'instance')");
            Text($"create virtual table {should} using fts5vocab('temp', '{part.Name}_anew', 'instance')");
            Assert.Equal("", Text($"select * from (select * from {there} except select * from {should}) union all select * from (select * from {should} except select * from {there})"));
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

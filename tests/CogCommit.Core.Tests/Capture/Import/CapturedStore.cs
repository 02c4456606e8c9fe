using System.Text;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>A store in a temporary home, into which tests import, and what it then holds.</summary>
internal sealed class CapturedStore : IDisposable
{
    private readonly TempHome? _home;

    public CapturedStore()
    {
        _home = new TempHome();
        Store = StoreFile.Open(_home.Home);
    }

    /// <summary>A store in a home of somebody else.</summary>
    public CapturedStore(StoreFile store) => Store = store;

    public StoreFile Store { get; }

    public ImportResult Import(params string[] paths) => Import(new ImportOptions { Paths = paths });

    public ImportResult Import(ImportOptions options) => new Importer(Store).Run(options, null, TestContext.Current.CancellationToken);

    public List<string> Query(string sql)
    {
        using var reader = Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read())
        {
            lines.Add(string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? "" : rows.GetValue(i).ToString())));
        }

        return lines;
    }

    /// <summary>Every captured row, as text: equal texts mean that two stores hold the same.</summary>
    public string Rows()
    {
        var text = new StringBuilder();
        foreach (var sql in new[]
        {
            """
            select id, agent_session_id, branch, git_hash, git_hashes, git_subject, started_at, closed_at, closed_by, closed_after, files_read,
              files_changed, derived_title, project_name, parallel, session_count, turn_count, prompt_count, rev, hash from cognitive_commits order by id
            """,
            "select id, commit_id, agent_session_id, is_subagent, started_at, ended_at, rev, hash from sessions order by id",
            "select id, session_id, ordinal, role, content, timestamp, model, tool_calls, interrupted, usage, triggers_visual, bytes, rev, hash from turns order by id",
            "select id, commit_id, turn_id, content_hash, rev, hash from visuals order by id",
        })
        {
            Query(sql).ForEach(line => text.AppendLine(line));
        }

        return text.ToString();
    }

    public void Dispose()
    {
        Store.Dispose();
        _home?.Dispose();
    }
}

using CogCommit.Core.Export;
using CogCommit.Core.Export.Reading;
using CogCommit.Core.Export.Writing;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Export;

/// <summary>A store of its own, filled row by row, and what it exports.</summary>
internal sealed class ExportStore : IDisposable
{
    private readonly TempHome _home = new();

    public ExportStore() => Store = StoreFile.Open(_home.Home);

    public StoreFile Store { get; }

    public CogCommitHome Home => _home.Home;

    public void Fill(IEnumerable<ExportRow> rows)
    {
        var merge = new ExportMerge(Home.VisualsPath);
        Store.Write(transaction =>
        {
            foreach (var row in rows)
            {
                merge.Apply(transaction, row);
            }

            merge.EndCommit(transaction);
            merge.RefreshTotals(transaction);
        });
    }

    public IReadOnlyList<string> CommitIds()
    {
        using var reader = Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select id from cognitive_commits where deleted_at is null order by started_at desc, id";
        using var rows = command.ExecuteReader();
        var ids = new List<string>();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }

    public string Export(ExportFormat format)
    {
        var text = new StringWriter();
        using var document = new Exporter(Store).Open(format, text);
        foreach (var id in CommitIds())
        {
            document.Write(id);
        }

        document.Complete();
        return text.ToString();
    }

    public string File(string name, string content)
    {
        var path = Path.Combine(_home.Folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public ImportResult Import(string content) => ExportFile.Import(Store, File("import", content));

    public object? Scalar(string sql)
    {
        using var reader = Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Execute(string sql) => Store.Write(transaction => transaction.Execute(sql));

    public void Dispose()
    {
        Store.Dispose();
        _home.Dispose();
    }
}

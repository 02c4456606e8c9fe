using CogCommit.Core.Export;

namespace CogCommit.Core.Tests.Export;

public class ExporterTests
{
    [Fact]
    public void A_file_of_its_own_is_named_by_day_and_id()
    {
        var commit = new CognitiveCommit
        {
            Id = "0123456789abcdef", Title = "t", ClosedBy = "git_commit", Source = "claude_code", SyncStatus = "pending",
            StartedAt = new DateTimeOffset(2026, 2, 11, 23, 30, 0, TimeSpan.FromHours(-2)), ClosedAt = default, UpdatedAt = default,
        };
        Assert.Equal("2026-02-12-01234567.md", Exporter.FileName(commit, ExportFormat.Markdown));
        Assert.Equal("2026-02-12-01234567.jsonl", Exporter.FileName(commit, ExportFormat.Jsonl));
    }

    [Fact]
    public void A_commit_that_is_gone_is_an_error_that_names_it()
    {
        using var store = new ExportStore();
        using var document = new Exporter(store.Store).Open(ExportFormat.Json, TextWriter.Null);
        var problem = Assert.Throws<CogCommitException>(() => document.Write("gone", TestContext.Current.CancellationToken));
        Assert.Equal(("CommitNotFound", ErrorKind.NotFound), (problem.ErrorId, problem.Kind));
    }

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Jsonl)]
    [InlineData(ExportFormat.Markdown)]
    [InlineData(ExportFormat.Html)]
    public void Several_commits_go_into_one_document(ExportFormat format)
    {
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation(title: "First talk"));
        store.Fill(ExportRows.Conversation(title: "Second talk", commit: "c0000000-0000-4000-8000-000000000002"));
        var document = store.Export(format);
        Assert.Contains("First talk", document, StringComparison.Ordinal);
        Assert.Contains("Second talk", document, StringComparison.Ordinal);
        Assert.EndsWith("\n", document, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_of_nothing_is_a_whole_document()
    {
        using var store = new ExportStore();
        Assert.Equal(0, store.Import(store.Export(ExportFormat.Json)).CommitsNew);
        Assert.Equal(0, store.Import(store.Export(ExportFormat.Jsonl)).CommitsNew);
    }
}

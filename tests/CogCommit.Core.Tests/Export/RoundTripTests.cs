using CogCommit.Core.Export;
using CsCheck;

namespace CogCommit.Core.Tests.Export;

public class RoundTripTests
{
    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Jsonl)]
    public void An_export_imported_into_a_new_store_exports_byte_for_byte_the_same(ExportFormat format) => ExportRows.Some.Sample(
        rows =>
        {
            using var one = new ExportStore();
            one.Fill(rows);
            var exported = one.Export(format);
            using var other = new ExportStore();
            other.Import(exported);
            Assert.Equal(exported, other.Export(format));
            Assert.Equal(Totals(one), Totals(other));
        },
        iter: 40);

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Jsonl)]
    public void Importing_twice_changes_nothing(ExportFormat format) => ExportRows.Some.Sample(
        rows =>
        {
            using var one = new ExportStore();
            one.Fill(rows);
            var exported = one.Export(format);
            var change = one.Scalar("select value from counters where name = 'change_seq'");
            var result = one.Import(exported);
            Assert.Equal((0, 0, 0), (result.CommitsNew, result.CommitsUpdated, result.TurnsNew));
            Assert.Equal(exported, one.Export(format));
            Assert.Equal(change, one.Scalar("select value from counters where name = 'change_seq'"));
        },
        iter: 20);

    [Fact]
    public void The_import_says_what_came()
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation());
        using var other = new ExportStore();
        var result = other.Import(one.Export(ExportFormat.Json));
        Assert.Equal((1, 0, 2, 1), (result.CommitsNew, result.CommitsUpdated, result.TurnsNew, result.Prompts));
    }

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Jsonl)]
    public void A_conversation_far_greater_than_the_buffers_survives(ExportFormat format)
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation(answer: string.Concat(Enumerable.Repeat("0123456789 漢字\n", 200_000))));
        var exported = one.Export(format);
        using var other = new ExportStore();
        other.Import(exported);
        Assert.Equal(exported, other.Export(format));
    }

    [Fact]
    public void Json_whose_members_somebody_sorted_is_read_all_the_same()
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation());
        using var other = new ExportStore();
        other.Import(SortedJson.Of(one.Export(ExportFormat.Json)));
        Assert.Equal(one.Export(ExportFormat.Jsonl), other.Export(ExportFormat.Jsonl));
    }

    private static object? Totals(ExportStore store) => store.Scalar("""
        select group_concat(id || ':' || session_count || ':' || turn_count || ':' || prompt_count || ':' || output_tokens)
        from (select * from cognitive_commits order by id)
        """);
}

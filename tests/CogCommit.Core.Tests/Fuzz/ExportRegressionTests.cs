using CogCommit.Core.Export;
using CogCommit.Core.Tests.Export;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>What fuzzing exports found, each by its name.</summary>
public sealed class ExportRegressionTests
{
    [Theory]
    [InlineData("""[{"id":"t","name":"Bash","input":{"a\u0000":"b\u0000c"},"result":"\ud800","isError":false}]""")]
    [InlineData("""[{"id":"t","name":"Bash","input":{"n":[1e999999,-1e999999,0e999999]},"result":"","isError":false}]""")]
    public void What_PostgreSQL_cannot_hold_in_a_tool_call_of_an_export_does_not_stop_the_push_of_others(string calls)
    {
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation());
        var export = store.Export(ExportFormat.Jsonl).Replace("\"tool_calls\":null", $"\"tool_calls\":{calls}", StringComparison.Ordinal);
        using var other = new ExportStore();
        other.Import(export);

        Assert.Contains("Bash", (string)other.Scalar("select tool_calls from turns where role = 'assistant'")!, StringComparison.Ordinal);
        StoreLaws.CanBePushed(other.Store);
    }

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Jsonl)]
    public void Half_a_character_in_an_export_is_damage_with_file_and_line(ExportFormat format)
    {
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation());
        foreach (var text in new[] { "\"10000000-0000-4000-8000-000000000001\"", "\"Hello\"", "\"abc1234\"", "\"role\"" })
        {
            var export = store.Export(format);
            var broken = export.Replace(text, "\"\\ud83d\"", StringComparison.Ordinal);
            Assert.NotEqual(export, broken);
            var problem = Assert.Throws<CogCommitException>(() => store.Import(broken));
            Assert.Equal("ExportDamaged", problem.ErrorId);
            Assert.Matches("import, line [0-9]+: ", problem.Message);
            Assert.Equal(export, store.Export(format));
        }
    }
}

using CogCommit.Core.Export;
using CogCommit.Core.Export.Reading;

namespace CogCommit.Core.Tests.Export;

public class DamageTests
{
    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Jsonl)]
    public void A_file_cut_anywhere_is_refused_and_nothing_of_it_imported(ExportFormat format)
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation(toolCalls: """[{"id":"t","name":"Bash","input":{},"result":"x","isError":false}]"""));
        var whole = one.Export(format).TrimEnd();
        using var other = new ExportStore();
        for (var length = 0; length < whole.Length; length += 7)
        {
            var problem = Assert.Throws<CogCommitException>(() => other.Import(whole[..length]));
            Assert.Contains(problem.ErrorId, new[] { "ExportDamaged", "NotAnExport" });
        }

        Assert.Empty(other.CommitIds());
    }

    [Fact]
    public void The_message_names_line_and_reason()
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation());
        var broken = one.Export(ExportFormat.Jsonl).Replace("\"role\":\"assistant\"", "\"role\":\"wizard\"", StringComparison.Ordinal);
        var problem = Assert.Throws<CogCommitException>(() => one.Import(broken));
        Assert.Equal(("ExportDamaged", ErrorKind.InvalidData), (problem.ErrorId, problem.Kind));
        Assert.Contains("line 6: a turn (20000000-0000-4000-8000-000000000001) whose field 'role' is 'wizard', which is none of user, assistant", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_is_right_in_Json_too()
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation());
        var json = one.Export(ExportFormat.Json).Replace("\"role\":\"assistant\"", "\"role\":\"wizard\"", StringComparison.Ordinal);
        var line = json[..json.IndexOf("wizard", StringComparison.Ordinal)].Count(character => character == '\n') + 1;
        var problem = Assert.Throws<CogCommitException>(() => one.Import(json));
        Assert.Contains($"line {line}: a turn (20000000-0000-4000-8000-000000000001) whose field 'role'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_line_in_the_middle_is_noticed()
    {
        using var one = new ExportStore();
        one.Fill(ExportRows.Conversation());
        var lines = one.Export(ExportFormat.Jsonl).Split('\n');
        var problem = Assert.Throws<CogCommitException>(() => one.Import(string.Join('\n', lines.Where((_, i) => i != 4))));
        Assert.Contains("rows are missing", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_format_is_refused_as_newer()
    {
        using var one = new ExportStore();
        Assert.Equal(ErrorKind.Newer, Assert.Throws<CogCommitException>(() => one.Import("{\"cogcommit_export\": 2, \"commits\": []}")).Kind);
        Assert.Equal(ErrorKind.Newer, Assert.Throws<CogCommitException>(() => one.Import("{\"cogcommit_export\":2}\n")).Kind);
    }

    [Fact]
    public void A_picture_that_is_not_what_its_hash_says_is_refused()
    {
        using var one = new ExportStore();
        var rows = ExportRows.Conversation();
        one.Fill([.. rows, new ExportRow.Visual(ExportRows.Picture(
            "90000000-0000-4000-8000-000000000001", "c0000000-0000-4000-8000-000000000001", null, "image/png", [1, 2, 3]))]);
        var broken = one.Export(ExportFormat.Jsonl).Replace("\"AQID\"", "\"AQIE\"", StringComparison.Ordinal);
        Assert.Contains("SHA-256", Assert.Throws<CogCommitException>(() => one.Import(broken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"user\",\"message\":{}}\n", false)]
    [InlineData("", false)]
    [InlineData("{", false)]
    [InlineData("# a title", false)]
    [InlineData("{\"cogcommit_export\": 1, \"commits\": [\n]}", true)]
    [InlineData("\uFEFF { \n \"cogcommit_export\" : 1 }\n", true)]
    public void Exports_are_recognised_by_how_they_begin(string content, bool recognised)
    {
        using var one = new ExportStore();
        Assert.Equal(recognised, ExportFile.Recognises(one.File("x", content)));
    }
}

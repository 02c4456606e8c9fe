using System.Text;
using System.Text.Json;
using CogCommit.Core.Capture;
using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rule 13.</summary>
public class WhatPostgresCannotHoldTests
{
    private static TranscriptRecord Record(byte[] line)
    {
        var result = RecordParser.Parse(line);
        Assert.Null(result.Reason);
        return result.Record!;
    }

    private static TranscriptRecord Prompt(string jsonString) =>
        Record(Encoding.UTF8.GetBytes($$$"""{"type":"user","message":{"content":"{{{jsonString}}}"}}"""));

    private static (string Input, int Replaced) Input(string json)
    {
        var record = Record(Encoding.UTF8.GetBytes($$$"""{"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"t","name":"X","input":{{{json}}}}]}}"""));
        return (Assert.Single(record.ToolUses).Input, record.Replaced);
    }

    [Theory]
    [InlineData(@"a\u0000b", "a\uFFFDb", 1)]
    [InlineData(@"\u0000\u0000", "\uFFFD\uFFFD", 1)]
    [InlineData(@"\ud83d!", "\uFFFD!", 1)]
    [InlineData(@"!\ude00", "!\uFFFD", 1)]
    [InlineData(@"\ud83d\ud83d\ude00", "\uFFFD\U0001F600", 1)]
    [InlineData(@"\ud83d\n", "\uFFFD\n", 1)]
    [InlineData(@"\uD83D\uDE00 \u00e9 \"" \\ \/ \b\f\n\r\t", "\U0001F600 é \" \\ / \b\f\n\r\t", 0)]
    public void Null_and_lone_surrogates_become_the_replacement_character(string written, string read, int replaced)
    {
        var record = Prompt(written);

        Assert.Equal(read, record.Text);
        Assert.Equal(replaced, record.Replaced);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_become_the_replacement_character_and_the_record_stays()
    {
        byte[] line = [.. """{"type":"user","message":{"content":"a"""u8, 0xFF, .. """b\n"}}"""u8];

        var record = Record(line);

        Assert.Equal("a\uFFFDb\n", record.Text);
        Assert.Equal(1, record.Replaced);
    }

    [Fact]
    public void In_tool_input_too_names_included()
    {
        var (input, replaced) = Input("""{"a\u0000":"\ud800","b":["\u0000"],"c":"\ud83d\ude00<&'é\n\u001b\"\\"}""");

        Assert.Equal("{\"a\uFFFD\":\"\uFFFD\",\"b\":[\"\uFFFD\"],\"c\":\"\U0001F600<&'é\\n\\u001b\\\"\\\\\"}", input);
        Assert.Equal(3, replaced);
    }

    [Theory]
    [InlineData("1e400", true)]
    [InlineData("-1E+400", true)]
    [InlineData("1e-400", true)]
    [InlineData("0e99999", true)]
    [InlineData("1e308", false)]
    [InlineData("-0.0", false)]
    [InlineData("5e-324", false)]
    [InlineData("12345678901234567890123", false)]
    public void Numbers_beyond_double_become_strings(string number, bool becomesString)
    {
        var (input, replaced) = Input($$$"""{"n":{{{number}}}}""");

        Assert.Equal(becomesString ? $$$"""{"n":"{{{number}}}"}""" : $$$"""{"n":{{{number}}}}""", input);
        Assert.Equal(becomesString ? 1 : 0, replaced);
    }

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, false)]
    [InlineData(257, true)]
    [InlineData(100_000, true)]
    public void What_is_nested_deeper_than_256_becomes_a_string(int depth, bool becomesString)
    {
        var (input, replaced) = Input(new string('[', depth) + new string(']', depth));

        var expected = becomesString
            ? new string('[', 256) + '"' + new string('[', depth - 256) + new string(']', depth - 256) + '"' + new string(']', 256)
            : new string('[', depth) + new string(']', depth);
        Assert.Equal(expected, input);
        Assert.Equal(becomesString ? 1 : 0, replaced);
        using var parsed = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = 256 });
    }

    [Fact]
    public void A_number_of_many_digits_becomes_a_string()
    {
        var (input, replaced) = Input("0." + new string('1', 20_000));

        Assert.StartsWith("\"0.111", input, StringComparison.Ordinal);
        Assert.Equal(1, replaced);
    }
}

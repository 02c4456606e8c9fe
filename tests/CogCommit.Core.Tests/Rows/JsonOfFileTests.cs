using System.Text.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Tests.Rows;

/// <summary>A column that holds JSON, in a file (docs/export-format.md): as it stands where it is an object or an array, else as a text. Either way a line of JSON.</summary>
public sealed class JsonOfFileTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("""{"a":[1,2.50,1e9,true,null,"x"]}""")]
    [InlineData("""[{ "spaced" : [ 1 ,	2 ] }]""")]
    [InlineData("""["A\n\u0041\/ü😀\ud800"]""")]
    [InlineData("""{"twice":1,"twice":2}""")]
    public void An_object_or_an_array_stands_byte_for_byte(string value) => Assert.Equal(value, Written(value));

    [Theory]
    [InlineData("[1,\n2]", "[1,2]")]
    [InlineData("{\r\n  \"a\": \"x y\",\r\n\t\"b\": [ ]\r\n}", "{\"a\":\"x y\",\"b\":[]}")]
    [InlineData("[\"say \\\" : , \\\\\",\n \" \", \"\\\\\"\n]", "[\"say \\\" : , \\\\\",\" \",\"\\\\\"]")]
    [InlineData("\n\t [1] \r\n", "[1]")]
    [InlineData("[\"\\ud800 \\u0041\",\r1]", "[\"\\ud800 \\u0041\",1]")]
    public void Where_lines_break_between_tokens_the_space_between_them_goes(string value, string written) => Assert.Equal(written, Written(value));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("\"text\"")]
    [InlineData("12")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("[1] x")]
    [InlineData("{}{}")]
    [InlineData("[1 2]")]
    [InlineData("[1,]")]
    [InlineData("[01]")]
    [InlineData("['x']")]
    [InlineData("[\"a\nb\"]")]
    [InlineData("[1] // said")]
    [InlineData("\u00a0[1]")]
    [InlineData("\ufeff[1]")]
    public void What_is_neither_stands_as_a_text(string value)
    {
        var written = Written(value);
        Assert.DoesNotContain('\n', written);
        Assert.Equal(value, JsonSerializer.Deserialize<string>(written));
    }

    [Theory]
    [InlineData(FieldWriter.MaxDepth, true)]
    [InlineData(FieldWriter.MaxDepth + 1, false)]
    public void Nested_deeper_than_is_read_it_stands_as_a_text(int depth, bool stands)
    {
        var value = new string('[', depth) + new string(']', depth);

        Assert.Equal(stands ? value : $"\"{value}\"", Written(value));
    }

    private static string Written(string value)
    {
        var line = RowJson.Line(to => to.Json("x", value));
        Assert.StartsWith("{\"x\":", line, StringComparison.Ordinal);
        return line[5..^1];
    }
}

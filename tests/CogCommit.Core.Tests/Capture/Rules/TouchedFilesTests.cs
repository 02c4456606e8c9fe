using System.Text.Json;
using CogCommit.Core.Capture;
using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rule 7.</summary>
public class TouchedFilesTests
{
    private static TouchedFile? Of(string tool, string path, string? workTree = "/w", bool isError = false, string field = "file_path") =>
        TouchedFiles.Of(tool, JsonSerializer.Serialize(new Dictionary<string, string> { ["x"] = "y", [field] = path }), isError, workTree);

    [Theory]
    [InlineData("Read", "file_path", false)]
    [InlineData("Edit", "file_path", true)]
    [InlineData("MultiEdit", "file_path", true)]
    [InlineData("Write", "file_path", true)]
    [InlineData("NotebookEdit", "notebook_path", true)]
    [InlineData("Read", "path", false)]
    public void A_tool_reads_or_changes_a_file(string tool, string field, bool changed) =>
        Assert.Equal(new TouchedFile("a/b.cs", "/w/a/b.cs", changed), Of(tool, "/w/a/b.cs", field: field));

    [Theory]
    [InlineData("Bash")]
    [InlineData("Grep")]
    [InlineData("read")]
    public void Other_tools_touch_nothing(string tool) => Assert.Null(Of(tool, "/w/a"));

    [Fact]
    public void A_failed_call_touches_nothing() => Assert.Null(Of("Edit", "/w/a", isError: true));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"file_path":5}""")]
    [InlineData("""{"file_path":""}""")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public void A_call_without_a_path_touches_nothing(string input) => Assert.Null(TouchedFiles.Of("Read", input, false, "/w"));

    [Theory]
    [InlineData("/w/a.cs", "/w", "a.cs")]
    [InlineData("/w/a.cs", "/w/", "a.cs")]
    [InlineData("/w/./x/../A.cs", "/w", "A.cs")]
    [InlineData("/w", "/w", ".")]
    [InlineData("/other/a.cs", "/w", "/other/a.cs")]
    [InlineData("/w2/a.cs", "/w", "/w2/a.cs")]
    [InlineData("/W/a.cs", "/w", "/W/a.cs")]
    [InlineData("/w/../etc/passwd", "/w", "/w/../etc/passwd")]
    [InlineData("a/./b.cs", "/w", "a/b.cs")]
    [InlineData("../b.cs", "/w", "../b.cs")]
    [InlineData("~/x", "/w", "~/x")]
    [InlineData(@"/w/odd\name", "/w", @"odd\name")]
    [InlineData("/w/a.cs", null, "/w/a.cs")]
    [InlineData(@"C:\src\x\A.cs", @"C:\src\x", "A.cs")]
    [InlineData(@"c:\SRC\x\Sub\A.cs", @"C:\src\x", "Sub/A.cs")]
    [InlineData("C:/src/x/Sub/A.cs", @"C:\src\x\", "Sub/A.cs")]
    [InlineData(@"Sub\A.cs", @"C:\src\x", "Sub/A.cs")]
    [InlineData(@"D:\src\x\A.cs", @"C:\src\x", @"D:\src\x\A.cs")]
    [InlineData(@"\\server\share\x\A.cs", @"\\server\share\x", "A.cs")]
    [InlineData(@"C:\src\x\A.cs", "/w", @"C:\src\x\A.cs")]
    [InlineData(@"C:\..\..\x", @"C:\", "x")]
    public void A_path_is_relative_to_the_work_tree_where_it_lies_in_it(string path, string? workTree, string expected) =>
        Assert.Equal(new TouchedFile(expected, path, false), Of("Read", path, workTree));
}

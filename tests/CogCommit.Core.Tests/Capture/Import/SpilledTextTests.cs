using CogCommit.Core.Capture.Import;

namespace CogCommit.Core.Tests.Capture.Import;

public sealed class SpilledTextTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogcommit-spilled-");

    private TranscriptFile Transcript => new(Path.Combine(_folder.FullName, "s1.jsonl"), "s1", null, 0, 0);

    private string ToolResults => Directory.CreateDirectory(Path.Combine(_folder.FullName, "s1", "tool-results")).FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_is_read_beside_its_transcript_wherever_it_was_written()
    {
        File.WriteAllText(Path.Combine(ToolResults, "b1.txt"), "[main 1234567] x");

        Assert.Equal("[main 1234567] x", SpilledText.Read(Transcript, "/home/somebody/.claude/projects/x/s1/tool-results/b1.txt"));
        Assert.Null(SpilledText.Read(Transcript, "/home/somebody/.claude/projects/x/s1/tool-results/b2.txt"));
    }

    [Fact]
    public void A_link_to_another_place_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var secret = Path.Combine(_folder.FullName, "secret.txt");
        File.WriteAllText(secret, "[main 1234567] x");
        File.CreateSymbolicLink(Path.Combine(ToolResults, "file.txt"), secret);
        Directory.CreateSymbolicLink(Path.Combine(ToolResults, "folder"), _folder.FullName);

        Assert.Null(SpilledText.Read(Transcript, "/s1/tool-results/file.txt"));
        Assert.Null(SpilledText.Read(Transcript, "/s1/tool-results/folder/secret.txt"));
    }
}

using CogCommit.Core.Capture;
using CogCommit.Core.Capture.ClaudeCode;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>The rules over real sessions, where those are on this machine.</summary>
public class RealTranscriptTests
{
    private static List<TranscriptRecord> Records(string path)
    {
        var records = new List<TranscriptRecord>();
        using var reader = LineReader.Open(path);
        while (reader.Read(TestContext.Current.CancellationToken))
        {
            var result = RecordParser.Parse(reader.Line);
            Assert.Null(result.Reason);
            records.Add(Assert.IsType<TranscriptRecord>(result.Record));
        }

        return records;
    }

    private static string Session(string id) => SharedData.Transcripts().Single(path => path.EndsWith($"{id}.jsonl", StringComparison.Ordinal));

    [Fact]
    public void Every_line_is_a_record_and_nothing_is_replaced()
    {
        var records = SharedData.Transcripts().SelectMany(Records).ToList();

        Assert.Equal(2027, records.Count);
        Assert.Equal(
            [(RecordKind.Other, 1413), (RecordKind.User, 235), (RecordKind.Assistant, 347), (RecordKind.QueueOperation, 8), (RecordKind.AgentProgress, 24)],
            records.GroupBy(record => record.Kind).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
        Assert.All(records, record => Assert.Equal(0, record.Replaced));
        Assert.Equal(35, records.Count(record => record.Timestamp is null));
        Assert.Equal(212, records.Sum(record => record.ToolUses.Count));
        Assert.Equal(212, records.Sum(record => record.ToolResults.Count));
    }

    [Theory]
    [InlineData("258c7280-ae70-4798-800f-63464d01a85d", "99b497c ceff8c3 bb53fb4 05fd186 a230dbf")]
    [InlineData("491e126e-1e71-469c-ade2-fcc8af567c74", "")]
    [InlineData("55604662-cf2a-4331-851a-ec234028f8ca", "")]
    [InlineData("d6e0bada-1959-4eec-a9d2-0bfade768d8f", "")]
    public void The_git_commits_of_a_session_are_found(string session, string hashes)
    {
        var records = Records(Session(session));
        var runs = records.SelectMany(record => record.ToolUses)
            .Where(call => GitCommitEvidence.Runs(call.Name, call.Input).Count > 0)
            .Select(call => call.Id).ToHashSet();
        var proofs = records.SelectMany(record => record.ToolResults)
            .Where(result => runs.Contains(result.ToolUseId))
            .SelectMany(result => GitCommitEvidence.Lines(result.Text)).ToList();

        Assert.Equal(hashes, string.Join(' ', proofs.Select(proof => proof.Hash)));
        Assert.All(proofs, proof => Assert.Equal("spotter-gqc", proof.Branch));
    }

    [Fact]
    public void The_queued_prompts_are_there_and_the_notifications_are_none()
    {
        var queued = Records(Session("258c7280-ae70-4798-800f-63464d01a85d"))
            .Where(record => record is { Kind: RecordKind.QueueOperation, Operation: "enqueue" })
            .Select(record => PromptText.Read(record.Text!).Prompt).OfType<string>();

        Assert.Equal(["check again", "new beads for the epic were added. tackle them"], queued);
    }

    [Fact]
    public void The_prompts_are_what_a_person_typed()
    {
        var afterCaveat = false;
        var prompts = new List<string>();
        foreach (var record in Records(Session("d6e0bada-1959-4eec-a9d2-0bfade768d8f")).Where(record => record is { Kind: RecordKind.User, Text: not null }))
        {
            var parts = PromptText.Read(record.Text!, afterCaveat);
            afterCaveat = parts.IsCaveat;
            if (parts.Prompt is { } prompt && !record.IsMeta)
            {
                prompts.Add(prompt);
            }
        }

        Assert.Equal(["start phoenix in background", "scrolling back in xterm.js still does not work (maybe because outer web catches it)? websearch xterm.js tmux interactions"], prompts);
    }

    [Fact]
    public void Files_lie_in_the_work_tree()
    {
        var records = Records(Session("258c7280-ae70-4798-800f-63464d01a85d"));
        var workTree = records.First(record => record.Cwd is not null).Cwd;
        var files = records.SelectMany(record => record.ToolUses)
            .Select(call => TouchedFiles.Of(call.Name, call.Input, isError: false, workTree)).OfType<TouchedFile>().ToList();

        Assert.Contains(files, file => file is { Path: "lib/spotter/transcripts/annotation.ex", Changed: true });
        Assert.DoesNotContain(files, file => file.Path.Contains('\\', StringComparison.Ordinal));
    }

    [Fact]
    public void A_background_calls_output_is_tied_to_it()
    {
        var records = Records(Session("258c7280-ae70-4798-800f-63464d01a85d"));
        var started = records.SelectMany(record => record.ToolResults).Select(result => result.BackgroundId).OfType<string>().ToList();
        var fetched = records.SelectMany(record => record.ToolResults).Select(result => result.FetchedId).OfType<string>();
        var asked = records.SelectMany(record => record.ToolUses).Select(call => ShellTools.Fetches(call.Name, call.Input)).OfType<string>();

        Assert.Equal(["b0be39e", "bd0afab"], started);
        Assert.All(fetched.Concat(asked), id => Assert.Contains(id, started));
    }

    [Fact]
    public void The_files_are_what_they_are() => Assert.Equal(
        [(TranscriptKind.Main, 4), (TranscriptKind.Subagent, 1), (TranscriptKind.Housekeeping, 1)],
        SharedData.Transcripts().Select(TranscriptPath.Of).GroupBy(path => path.Kind).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
}

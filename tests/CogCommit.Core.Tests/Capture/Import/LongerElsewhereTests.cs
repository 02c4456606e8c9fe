using System.Text;
using CogCommit.Core.Capture;
using CsCheck;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Another machine holds the same transcript, further on or less far, and its rows come here by a pull.</summary>
public sealed class LongerElsewhereTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private const int Sessions = 12;

    // A queued prompt without a place is another turn once its attachment arrives; what travelled of it before stays where it went.
    private static readonly Gen<int[]> Steps = SessionGen.Steps.Select(steps => steps.Where(step => step is not 7).ToArray());

    private readonly TranscriptFolder _folder = new();

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public void Records_that_a_pulled_row_holds_are_not_added_again(int lines)
    {
        var session = Message();
        using var other = Imported(session.Lines.Take(5));
        using var store = Imported(session.Lines.Take(2));
        PulledRows.Pull(other, store);
        Import(store, session.Lines.Take(lines));
        using var fresh = Imported(session.Lines.Take(Math.Max(lines, 5)));
        Assert.Equal(Turns(fresh), Turns(store));
        if (lines >= 5)
        {
            Assert.Equal(fresh.Rows(), store.Rows());
        }
    }

    // Which of two rows with one revision stays is told by their hashes: so several texts.
    [Theory]
    [InlineData("and tests")]
    [InlineData("and a changelog")]
    [InlineData("and no comments")]
    [InlineData("and be short")]
    public void A_queued_prompt_without_a_place_leaves_the_place_that_was_pulled(string text)
    {
        var session = new TranscriptBuilder(A).Prompt("explain it").Answer("one").Queue("enqueue", text).Queue("remove")
            .Prompt("/clear").Answer("two");
        using var other = Imported(session.Lines);
        using var store = Imported([]);
        PulledRows.Pull(other, store);
        Import(store, session.Lines.Take(4));
        Assert.Equal(Places(other), Places(store));
        Import(store, session.Lines);
        Assert.Equal(other.Rows(), store.Rows());
    }

    [Fact]
    public void Any_session_that_passes_another_machines_ends_like_a_fresh_import() =>
        Gen.Select(Steps, Gen.Double[0, 1].Array[3]).Sample((steps, cuts) =>
        {
            var lines = SessionGen.Build(A, steps).Lines;
            var places = cuts.Order().Select(cut => (int)(cut * lines.Count)).ToArray();
            using var store = Imported(lines.Take(places[0]));
            using var other = Imported(lines.Take(places[2]));
            PulledRows.Pull(other, store);
            Import(store, lines.Take(places[1]));
            Assert.Subset(Turns(store).ToHashSet(), Turns(other).ToHashSet());
            Import(store, lines.Take(places[2]));
            Assert.Equal(other.Rows(), store.Rows());
            Import(store, lines);
            using var fresh = Imported(lines);
            Assert.Equal(fresh.Rows(), store.Rows());
        }, iter: Sessions, threads: 1);

    [Fact]
    public void Reading_everything_again_adds_nothing_to_rows_of_a_longer_transcript()
    {
        var session = Message();
        using var store = Imported(session.Lines);
        var rows = store.Rows();
        Import(store, session.Lines.Take(4));
        Assert.Equal(rows, store.Rows());
        Import(store, session.Lines);
        Assert.Equal(rows, store.Rows());
    }

    [Fact]
    public void A_shorter_text_that_wins_by_a_boundary_is_read_again_from_the_transcript()
    {
        var session = Message();
        using var other = Imported(session.Lines.Take(1));
        Boundary.Close(other.Store, A, null);
        Import(other, session.Lines.Take(3));
        using var store = Imported(session.Lines);
        PulledRows.Pull(other, store);
        Assert.Equal(["explain it", "one\ntwo", "then tests", "written"], Contents(store, other, session));
        Import(other, session.Lines);
        Assert.Equal(other.Rows(), store.Rows());
    }

    [Fact]
    public void A_boundary_that_only_this_machine_knows_does_not_lower_what_a_pulled_row_holds()
    {
        var session = Message();
        using var other = Imported(session.Lines.Take(5));
        using var store = Imported(session.Lines.Take(1));
        Boundary.Close(store.Store, A, null);
        PulledRows.Pull(other, store);
        Import(store, session.Lines.Take(3));
        Assert.Equal(["explain it", "one\ntwo"], store.Query("select content from turns order by ordinal"));
        Import(store, session.Lines);
        using var fresh = Imported(session.Lines.Take(1));
        Boundary.Close(fresh.Store, A, null);
        Import(fresh, session.Lines);
        Assert.Equal(fresh.Rows(), store.Rows());
    }

    public void Dispose() => _folder.Dispose();

    private static TranscriptBuilder Message() => new TranscriptBuilder(A).Prompt("explain it").Answer("one", "m").Bash("t", "git status", "m")
        .Result("t", "clean").Answer("two", "m", output: 30).Prompt("then tests").Answer("written");

    private List<string> Contents(CapturedStore store, CapturedStore other, TranscriptBuilder session)
    {
        Assert.Contains("one", other.Query("select content from turns"));
        Import(store, session.Lines);
        return store.Query("select content from turns order by ordinal");
    }

    private static List<string> Places(CapturedStore store) => store.Query("select ordinal, content, rev, hash from turns order by ordinal");

    private static List<string> Turns(CapturedStore store) => store.Query("select id, session_id, content, tool_calls, usage, rev, hash from turns order by id");

    private CapturedStore Imported(IEnumerable<string> lines)
    {
        var store = new CapturedStore();
        Import(store, lines);
        return store;
    }

    private void Import(CapturedStore store, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder.Root, $"{A}.jsonl");
        File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(false));
        store.Import(path);
    }
}

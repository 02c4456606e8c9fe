using System.Text;
using CsCheck;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Laws of design section 3, on generated sessions.</summary>
public sealed class CaptureLawsTests
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string B = "bbbbbbbb-0000-4000-8000-000000000002";
    private const string C = "cccccccc-0000-4000-8000-000000000003";

    /// <summary>A store per session is dear: few sessions in every run, others each time.</summary>
    private const int Sessions = 25;
    private const int Forks = 8;

    [Fact]
    public void A_session_imported_in_pieces_is_the_session_imported_at_once() =>
        Gen.Select(SessionGen.Steps, Gen.Double[0, 1].Array[1, 4]).Sample((steps, cuts) =>
        {
            var bytes = SessionGen.Build(A, steps).Bytes();
            using var folder = new TranscriptFolder();
            using var pieces = new CapturedStore();
            foreach (var length in cuts.Select(cut => (int)(cut * bytes.Length)).Order().Append(bytes.Length))
            {
                Import(pieces, folder, A, bytes[..length]);
            }

            Assert.Equal(AtOnce(folder, A, bytes), pieces.Rows());
        }, iter: Sessions, threads: 1);

    [Fact]
    public void Every_record_twice_is_every_record_once() =>
        Gen.Select(SessionGen.Steps, Gen.Bool).Sample((steps, adjacent) =>
        {
            // Records of the queue have no uuid: a file written twice over queues and takes anew, unless each stands beside its double.
            var lines = SessionGen.Build(A, adjacent ? steps : steps.Where(step => step is not (5 or 6 or 16))).Lines;
            var twice = adjacent ? lines.SelectMany(line => new[] { line, line }) : lines.Concat(lines);
            using var folder = new TranscriptFolder();
            Assert.Equal(AtOnce(folder, A, Text(lines)), AtOnce(folder, A, Text(twice)));
        }, iter: Sessions, threads: 1);

    [Fact]
    public void Revisions_only_grow_and_an_equal_revision_is_an_equal_row() =>
        Gen.Select(SessionGen.Steps, Gen.Double[0, 1]).Sample((steps, cut) =>
        {
            var lines = SessionGen.Build(A, steps).Lines;
            using var folder = new TranscriptFolder();
            var shorter = Revisions(folder, Text(lines.Take((int)(cut * lines.Count))));
            var longer = Revisions(folder, Text(lines));
            foreach (var (id, (rev, hash)) in shorter)
            {
                if (longer.TryGetValue(id, out var after))
                {
                    Assert.True(string.CompareOrdinal(after.Rev, rev) >= 0, $"{id} went back from {rev} to {after.Rev}.");
                    Assert.True(after.Rev != rev || after.Hash == hash, $"{id} differs at the same revision {rev}.");
                }
            }
        }, iter: Sessions, threads: 1);

    [Fact]
    public void Forks_give_the_same_rows_in_every_order() =>
        Gen.Select(SessionGen.Steps, SessionGen.Steps, SessionGen.Steps, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((trunk, second, third, cut2, cut3) =>
        {
            var a = SessionGen.Build(A, trunk);
            var b = new TranscriptBuilder(B, start: "2026-03-01T11:00:00Z").Replay(a, (int)(cut2 * a.Lines.Count));
            SessionGen.Build(B, second, onto: b);
            var c = new TranscriptBuilder(C, start: "2026-03-01T12:00:00Z").Replay(b, (int)(cut3 * b.Lines.Count));
            SessionGen.Build(C, third, onto: c);
            using var folder = new TranscriptFolder();
            var files = new[] { (A, a.Bytes()), (B, b.Bytes()), (C, c.Bytes()) };
            string? first = null;
            foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
            {
                using var store = new CapturedStore();
                foreach (var (id, bytes) in order.Select(i => files[i]))
                {
                    Import(store, folder, id, bytes);
                }

                first ??= store.Rows();
                Assert.Equal(first, store.Rows());
            }
        }, iter: Forks, threads: 1);

    [Fact]
    public void Forks_that_grow_in_turn_end_like_forks_imported_whole() =>
        Gen.Select(SessionGen.Steps, SessionGen.Steps, Gen.Double[0, 1], Gen.Double[0, 1].Array[2, 6]).Sample((trunk, second, cut, pieces) =>
        {
            var a = SessionGen.Build(A, trunk);
            var b = SessionGen.Build(B, second, onto: new TranscriptBuilder(B, start: "2026-03-01T11:00:00Z").Replay(a, (int)(cut * a.Lines.Count)));
            using var folder = new TranscriptFolder();
            using var whole = new CapturedStore();
            Import(whole, folder, A, a.Bytes());
            Import(whole, folder, B, b.Bytes());
            File.Delete(Path.Combine(folder.Root, $"{A}.jsonl"));
            File.Delete(Path.Combine(folder.Root, $"{B}.jsonl"));
            using var grown = new CapturedStore();
            foreach (var piece in pieces.Order().Append(1))
            {
                Import(grown, folder, B, b.Bytes()[..(int)(piece * b.Bytes().Length)]);
                Import(grown, folder, A, a.Bytes()[..(int)(piece * piece * a.Bytes().Length)]);
            }

            Assert.Equal(whole.Rows(), grown.Rows());
        }, iter: Forks, threads: 1);

    private static Dictionary<string, (string Rev, string Hash)> Revisions(TranscriptFolder folder, byte[] bytes)
    {
        using var store = new CapturedStore();
        Import(store, folder, A, bytes);
        return store.Query("""
            select id, rev, hash from cognitive_commits union all select id, rev, hash from sessions union all select id, rev, hash from turns
            """).Select(line => line.Split(" | ")).ToDictionary(row => row[0], row => (row[1], row[2]));
    }

    private static string AtOnce(TranscriptFolder folder, string id, byte[] bytes)
    {
        using var store = new CapturedStore();
        Import(store, folder, id, bytes);
        return store.Rows();
    }

    private static void Import(CapturedStore store, TranscriptFolder folder, string id, byte[] bytes)
    {
        var path = Path.Combine(folder.Root, $"{id}.jsonl");
        File.WriteAllBytes(path, bytes);
        store.Import(path);
    }

    private static byte[] Text(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}

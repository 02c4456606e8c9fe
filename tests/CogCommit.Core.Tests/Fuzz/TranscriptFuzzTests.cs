using CogCommit.Core.Capture;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>
/// Transcripts with damage among their lines, through the real import into a real store. COGCOMMIT_LINES says how many damaged lines.
/// </summary>
[Trait("Soak", "lines")]
public sealed class TranscriptFuzzTests
{
    private const int FilesPerStore = 30;

    private static readonly Lazy<TranscriptCorpus> Corpus = new(TranscriptCorpus.Load);

    [Fact]
    public void Whatever_stands_between_them_all_intact_lines_are_kept() =>
        FuzzSeeds.Run("lines fuzzed", 20_000, 1, Round);

    private static int Round(Random chance, CancellationToken hang)
    {
        var files = Corpus.Value.Some(chance, FilesPerStore).ConvertAll(file => DisturbedTranscript.Of(chance, file, Corpus.Value.AnyLine));
        using var folder = new TranscriptFolder();
        var (alone, mixed) = (folder.At("alone"), folder.At("mixed"));
        files.ForEach(file => file.WriteIntact(alone));
        files.ForEach(file => file.WriteMixed(mixed));

        using var undisturbed = new CapturedStore();
        Import(undisturbed, alone, hang);
        using var store = new CapturedStore();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Import(store, mixed, hang);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        AllIntactLinesAreKept(files, undisturbed, store);
        WhatWasSkippedIsTold(files, mixed, result);
        Assert.True(allocated < 50_000_000 + (200L * files.Sum(file => file.Bytes)), $"{files.Sum(file => file.Bytes)} bytes took {allocated} bytes to fold and store.");
        StoreLaws.IsSound(store.Store);
        StoreLaws.CanBePushed(store.Store);

        var rows = store.Rows();
        var again = Import(store, mixed, hang);
        Assert.Equal((0, 0, 0, 0L), (again.CommitsNew, again.CommitsUpdated, again.TurnsNew, again.Lines));
        Assert.Equal(rows, store.Rows());
        return files.Sum(file => file.Mutated);
    }

    private static ImportResult Import(CapturedStore store, string folder, CancellationToken hang) =>
        new Importer(store.Store).Run(new ImportOptions { Paths = [folder] }, null, hang);

    private static void AllIntactLinesAreKept(IReadOnlyList<DisturbedTranscript> files, CapturedStore undisturbed, CapturedStore store)
    {
        var untouched = Untouched.Turns(files);
        var interrupted = Untouched.MayInterrupt(files) ? "" : "interrupted, ";
        var sql = $"select id, role, content, timestamp, model, {interrupted}tool_calls, usage from turns";
        var expected = undisturbed.Query(sql).Where(turn => untouched.Contains(turn[..turn.IndexOf(' ', StringComparison.Ordinal)])).ToList();
        var found = store.Query(sql).ToHashSet();
        Assert.NotEmpty(expected);
        Assert.All(expected, turn => Assert.True(found.Contains(turn), turn));
    }

    private static void WhatWasSkippedIsTold(IReadOnlyList<DisturbedTranscript> files, string root, ImportResult result)
    {
        var told = result.BadLines.Where(bad => bad.Line > 0).ToLookup(
            bad => bad.Reason.StartsWith("A picture in it", StringComparison.Ordinal), bad => $"{Path.GetRelativePath(root, bad.File)}:{bad.Line}");
        var skipped = files.SelectMany(file => file.BadLines.Select(line => $"{file.Path}:{line}")).Order(StringComparer.Ordinal);
        Assert.Equal(skipped, told[false].Order(StringComparer.Ordinal));
        // The line is kept, its picture is not; a record that stands twice is looked at once.
        Assert.Subset(files.SelectMany(file => file.BadPictures.Select(line => $"{file.Path}:{line}")).ToHashSet(), told[true].ToHashSet());
    }
}

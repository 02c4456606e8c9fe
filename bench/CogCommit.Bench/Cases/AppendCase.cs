using System.Globalization;
using CogCommit.Bench.Corpus;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Cases;

/// <summary>One line more in a session that goes on: what the agent's next record costs.</summary>
internal sealed class AppendCase : BenchCase
{
    public override string Name => "append";

    public override IReadOnlyList<string> Sizes => ["0.3MB", "3MB", "30MB"];

    public override string UsualSize => "3MB";

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        var folder = bench.Folder();
        var bytes = TranscriptCorpus.Bytes(size);
        new TranscriptCorpus(TranscriptCorpus.Seed).WriteFiles(folder, 1, (int)bytes);
        var file = Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories).First(path => !path.Contains("subagents", StringComparison.Ordinal));
        using var store = StoreFile.Open(new CogCommitHome(bench.Folder()));
        var options = new ImportOptions { Paths = [file] };
        new Importer(store).Run(options, null, CancellationToken.None);
        ImportResult result = null!;
        var length = 0;
        var spreads = Rounds.Interleave(bench.Rounds(30), () =>
        {
            length = Append(file);
            return Rounds.Time(() => result = new Importer(store).Run(options, null, CancellationToken.None));
        });
        yield return new Result
        {
            What = "one appended line",
            Work = string.Create(CultureInfo.InvariantCulture, $"a session of {bytes / 1e6:N1} MB"),
            Ours = spreads[0],
            Counted = string.Create(CultureInfo.InvariantCulture, $"{result.Lines} line, {result.Bytes} bytes of {length} appended"),
            Goal = "under 20 ms, only that line parsed",
        };
    }

    private static int Append(string path)
    {
        using var file = new FileStream(path, FileMode.Append);
        var start = file.Position;
        using (var records = new RecordWriter(file, "/home/user/lantern-shop", Path.GetFileNameWithoutExtension(path), agent: null))
        {
            records.Prompt(Guid.NewGuid().ToString(), DateTimeOffset.UtcNow, "and what of the other lamp?");
        }

        return (int)(file.Position - start);
    }
}

using System.Text;
using System.Text.RegularExpressions;
using CogCommit.Core.Export;
using CogCommit.Core.Export.Reading;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Export;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>
/// Exports with damage in them, imported again. All of a file comes in or nothing: what is refused names file and line, and the store is as
/// it was. COGCOMMIT_LINES says how many; one for forty lines.
/// </summary>
[Trait("Soak", "lines")]
public sealed partial class ExportFuzzTests
{
    private const int FilesPerStore = 50;

    // Here too, with another answer.
    private const string Mine = "b0000000-0000-4000-8000-00000000000b";

    // Deleted here before any of them is imported.
    private const string Deleted = "d0000000-0000-4000-8000-00000000000d";

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.Jsonl)]
    public void A_damaged_export_comes_in_whole_or_not_at_all_and_harms_nothing(ExportFormat format) =>
        FuzzSeeds.Run($"exports fuzzed ({format})", 250, 80, (chance, _) => Round(chance, format));

    private static IEnumerable<ExportRow> Some()
    {
        var commit = "c0000000-0000-4000-8000-000000000001";
        return
        [
            new ExportRow.Machine(new("m1", "laptop")),
            new ExportRow.Project(new("shop", "https://example.org/shop")),
            .. ExportRows.Conversation("Hallo Wörld 🐢", "Hi\nthere", """[{"id":"t","name":"Bash","input":{"command":"ls","n":[1.5,null,true]},"result":"x","isError":false}]""", commit: commit),
            new ExportRow.Visual(ExportRows.Picture("90000000-0000-4000-8000-000000000001", commit, null, "image/png", [1, 2, 3], "a caption")),
            .. ExportRows.Conversation("Another", commit: "e0000000-0000-4000-8000-000000000002"),
            .. ExportRows.Conversation("Of mine", "theirs", commit: Mine),
        ];
    }

    private static int Round(Random chance, ExportFormat format)
    {
        using var source = new ExportStore();
        source.Fill(Some());
        source.Fill(ExportRows.Conversation(commit: Deleted));
        var export = Encoding.UTF8.GetBytes(source.Export(format));
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation(answer: "mine", commit: Mine));
        store.Fill(ExportRows.Conversation(commit: Deleted));
        store.Execute($"update cognitive_commits set deleted_at = '2026-05-01T10:00:00.000000Z', version = 1000000000, updated_at = '2026-05-01T10:00:00.000000Z' where id = '{Deleted}'");
        var outside = Snapshot(Path.GetDirectoryName(store.Home.Root)!);
        for (var i = 0; i < FilesPerStore; i++)
        {
            Import(store, Mutant(chance, Newer(export, i)), format);
        }

        StoreLaws.IsSound(store.Store);
        StoreLaws.StopsNoPush(store.Store);
        Assert.Equal(1L, store.Scalar($"select count(*) from cognitive_commits where id = '{Deleted}' and deleted_at is not null"));
        Assert.Equal(0L, store.Scalar($"select count(*) from cognitive_commits where version not between 1 and {1 << 30}"));
        Assert.All(Pictures(store), name => Assert.True(VisualFiles.IsHash(name), name));
        Assert.Equal(outside, Snapshot(Path.GetDirectoryName(store.Home.Root)!));
        return FilesPerStore;
    }

    private static void Import(ExportStore store, byte[] mutant, ExportFormat format)
    {
        var path = store.File("import", "");
        File.WriteAllBytes(path, mutant);
        var before = store.Export(ExportFormat.Jsonl);
        try
        {
            ExportFile.Import(store.Store, path, cancellation: TestContext.Current.CancellationToken);
        }
        catch (CogCommitException problem)
        {
            Assert.Contains(problem.ErrorId, new[] { "ExportDamaged", "NotAnExport", "ExportNewer" });
            Assert.Contains(path, problem.Message, StringComparison.Ordinal);
            if (problem.ErrorId == "ExportDamaged")
            {
                Assert.Matches(", line [0-9]+: ", problem.Message);
            }

            Assert.Equal(before, store.Export(ExportFormat.Jsonl));
            return;
        }

        // What came in came in whole: once more, it changes nothing.
        var after = store.Export(format);
        ExportFile.Import(store.Store, path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(after, store.Export(format));
    }

    // What is no greater than what is here would not be looked at.
    private static byte[] Newer(byte[] export, int rev) =>
        Encoding.UTF8.GetBytes(Rev().Replace(Encoding.UTF8.GetString(export), $"$1\"1.{rev:d4}\""));

    private static byte[] Mutant(Random chance, byte[] export)
    {
        var lines = Lines(export);
        var at = chance.Next(lines.Count);
        var line = chance.Next(3) > 0
            ? JsonMutation.Of(chance, lines[at], lines[chance.Next(lines.Count)])
            : ByteMutation.Of(chance, lines[at], lines[chance.Next(lines.Count)]);
        return chance.Next(12) switch
        {
            0 => Join([.. lines[..at], .. lines[(at + 1)..]]),
            1 => Join([.. lines[..at], lines[at], .. lines[at..]]),
            2 => JsonMutation.Of(chance, export, export),
            _ => Join([.. lines[..at], line, .. lines[(at + 1)..]]),
        };
    }

    private static List<byte[]> Lines(byte[] export) => [.. Encoding.UTF8.GetString(export).Split('\n').Select(Encoding.UTF8.GetBytes)];

    private static byte[] Join(IEnumerable<byte[]> lines) => [.. lines.SelectMany((line, i) => i == 0 ? line : [(byte)'\n', .. line])];

    private static IEnumerable<string> Pictures(ExportStore store) =>
        Directory.Exists(store.Home.VisualsPath) ? Directory.EnumerateFileSystemEntries(store.Home.VisualsPath).Select(path => Path.GetFileName(path)!) : [];

    [GeneratedRegex("(\"rev\": ?)\"1\"")]
    private static partial Regex Rev();

    /// <summary>Everything in and above the home but the store and its pictures.</summary>
    private static List<string> Snapshot(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("visuals", StringComparison.Ordinal) && !path.Contains("data.db", StringComparison.Ordinal) && Path.GetFileName(path) != "import")
            .Order(StringComparer.Ordinal),
    ];
}

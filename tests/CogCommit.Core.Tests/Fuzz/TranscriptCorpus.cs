using System.Text;
using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>A transcript as it is before anything happens to it.</summary>
/// <param name="Path">Below the folder of transcripts.</param>
/// <param name="Lines">Each without its ending.</param>
internal sealed record FuzzedTranscript(string Path, IReadOnlyList<byte[]> Lines);

/// <summary>What is fuzzed: the samples, made sessions, and real ones where they lie beside the project.</summary>
internal sealed class TranscriptCorpus
{
    // Of a real one the beginning tells enough, and a line of megabytes costs as much as thousands.
    private const int LinesOfReal = 120;
    private const int LongestReal = 12_000;

    private readonly List<FuzzedTranscript> _files;
    private readonly List<List<FuzzedTranscript>> _sessions;

    private TranscriptCorpus(List<FuzzedTranscript> files)
    {
        _files = files;
        // A subagent's file waits for its main one: they come together. In the older layout the path does not say which it is.
        _sessions = [.. files.Select(file => (File: file, TranscriptPath.Of(file.Path).SessionId)).Where(pair => pair.SessionId is not null)
            .GroupBy(pair => pair.SessionId).Select(group => group.Select(pair => pair.File).ToList())];
    }

    public static TranscriptCorpus Load()
    {
        var files = Read(Samples(), int.MaxValue, int.MaxValue);
        if (SharedData.Root is not null)
        {
            files.AddRange(Read(SharedData.Path("data", "transcripts", "claude-code"), LinesOfReal, LongestReal));
        }

        return new TranscriptCorpus(files);
    }

    /// <summary>Some files of different sessions.</summary>
    public List<FuzzedTranscript> Some(Random chance, int count)
    {
        var chosen = new Dictionary<string, FuzzedTranscript>();
        for (var i = 0; i < count; i++)
        {
            foreach (var file in chance.Next(3) == 0 ? _sessions[chance.Next(_sessions.Count)] : [Made(chance, i)])
            {
                chosen[file.Path] = file;
            }
        }

        return [.. chosen.Values];
    }

    /// <summary>A line of any file, for splices.</summary>
    public byte[] AnyLine(Random chance)
    {
        var lines = _files[chance.Next(_files.Count)].Lines;
        return lines[chance.Next(lines.Count)];
    }

    private static FuzzedTranscript Made(Random chance, int number)
    {
        var id = $"{(char)('a' + number % 6)}{number % 10}{chance.Next(256):x2}{chance.Next(65536):x4}-0000-4000-8000-{chance.Next():x12}";
        var steps = Enumerable.Range(0, chance.Next(20, 60)).Select(_ => chance.Next(19)).ToArray();
        var made = SessionGen.Build(id, steps, $"2026-03-{chance.Next(1, 28):d2}T10:00:00Z");
        return new FuzzedTranscript($"-home-ann-projects-loom/{id}.jsonl", [.. made.Lines.Select(Encoding.UTF8.GetBytes)]);
    }

    private static List<FuzzedTranscript> Read(string root, int most, int longest) =>
    [
        .. Directory.EnumerateFiles(root, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new FuzzedTranscript(
                Path.GetRelativePath(root, path), [.. File.ReadLines(path).Select(Encoding.UTF8.GetBytes).Where(line => line.Length <= longest).Take(most)]))
            .Where(file => file.Lines.Count > 0 && TranscriptPath.Of(file.Path).Kind is TranscriptKind.Main or TranscriptKind.Subagent),
    ];

    private static string Samples()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "samples", "claude-code");
            if (Directory.Exists(samples))
            {
                return samples;
            }
        }

        throw new DirectoryNotFoundException("No samples/claude-code above the tests.");
    }
}

using System.Globalization;
using CogCommit.Core;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Corpus;

/// <summary>A store of any number of turns, of texts as transcripts have them, written by the product's own row writing.</summary>
internal sealed class StoreCorpus(int turnsPerCommit = StoreCorpus.TurnsPerCommit)
{
    public const int TurnsPerCommit = 10;
    private const int TurnsPerPrompt = 10;
    private const int CommitsPerTransaction = 100;
    private static readonly DateTimeOffset First = new(2022, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Projects = ["lantern-shop", "tide-tables", "night-market", "paper-crane"];

    private readonly TextRiver _river = new(TranscriptCorpus.Seed);
    private readonly Random _random = new(TranscriptCorpus.Seed);

    /// <summary>10K, 100K, 1M.</summary>
    public static int Turns(string size) => int.Parse(size.AsSpan()[..^1], CultureInfo.InvariantCulture) * size[^1] switch
    {
        'K' => 1_000,
        'M' => 1_000_000,
        _ => throw new ArgumentException($"'{size}' is no number of turns."),
    };

    public void Write(string folder, int turns)
    {
        using var store = StoreFile.Open(new CogCommitHome(folder));
        foreach (var commits in Enumerable.Range(0, turns / turnsPerCommit).Chunk(CommitsPerTransaction))
        {
            store.Write(transaction =>
            {
                // As an import writes.
                transaction.IndexLater();
                var writer = new RowWriter(transaction, machineId: null);
                transaction.RefreshTotals([.. commits.Select(number => Commit(writer, number))]);
            });
        }
    }

    private string Commit(RowWriter writer, int number)
    {
        var key = Uuid();
        var first = Uuid();
        var id = Ids.OfCommit(first);
        var started = First.AddMinutes(2.0 * turnsPerCommit * number);
        var subject = _river.Text(_random, 40).ReplaceLineEndings(" ");
        var rev = new RowRevision(started, key, 0).Of(0, turnsPerCommit, 0);
        writer.Write(new CapturedCommit
        {
            Id = id,
            Source = "claude_code",
            AgentSessionId = key,
            Branch = number % 5 == 0 ? "main" : $"feature-{number % 40}",
            GitHash = $"{number:x8}",
            GitHashes = [$"{number:x8}"],
            GitSubject = subject,
            StartedAt = started,
            ClosedAt = started.AddMinutes(turnsPerCommit),
            ClosedBy = "git_commit",
            FilesChanged = [$"src/{_river.One(_random)}.cs"],
            FilesRead = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => $"src/{_river.One(_random)}/{_river.One(_random)}.cs")],
            DerivedTitle = subject,
        }, Projects[(int)(Projects.Length * _random.NextDouble() * _random.NextDouble())], rev, force: false);
        var session = Ids.OfSession(key, id);
        writer.Write(new CapturedSession { Id = session, CommitId = id, AgentSessionId = key, StartedAt = started, EndedAt = started.AddMinutes(turnsPerCommit) }, rev, force: false);
        writer.Write([.. Enumerable.Range(0, turnsPerCommit).Select(i => (Turn(i == 0 ? first : Uuid(), session, i, started.AddMinutes(i)), rev))], force: false);
        return id;
    }

    private CapturedTurn Turn(string id, string session, int ordinal, DateTimeOffset time)
    {
        var tool = TranscriptMix.Tool(_random);
        var isPrompt = ordinal % TurnsPerPrompt == 0;
        return new CapturedTurn
        {
            Id = id,
            SessionId = session,
            Ordinal = ordinal,
            Role = isPrompt ? "user" : "assistant",
            Content = _river.Text(_random, (isPrompt ? TranscriptMix.Prompt : TranscriptMix.Answer).Draw(_random)),
            Timestamp = time,
            Model = isPrompt ? null : "claude-opus-4-6",
            ToolCalls = isPrompt ? [] :
            [
                new ToolCall
                {
                    ToolUseId = $"toolu_{_random.GetHexString(24, lowercase: true)}",
                    Name = tool.Name,
                    Input = SessionFile.Json(("command", _river.Text(_random, tool.Input.Draw(_random)))),
                    Result = _river.Text(_random, tool.Result.Draw(_random)),
                },
            ],
            Usage = isPrompt ? null : new TokenUsage(3, _random.Next(2_000), 3_843, 27_336),
        };
    }

    private string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString("D", CultureInfo.InvariantCulture);
    }
}

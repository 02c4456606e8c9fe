namespace CogCommit.Bench.Corpus;

/// <summary>
/// What real transcripts are made of: counted in five sessions and two subagents of Claude Code 2.1 (3.2 MB, 2,027 records, 23 prompts,
/// 212 tool calls, 5 git commits). Shares are per prompt or per tool call.
/// </summary>
internal static class TranscriptMix
{
    public const double CallsPerPrompt = 212 / 23.0;
    public const double SnapshotsPerPrompt = 35 / 23.0;
    public const double QueueOperationsPerPrompt = 8 / 23.0;
    public const double SystemRecordsPerPrompt = 10 / 23.0;
    public const double CommitsPerPrompt = 5 / 23.0;
    public const double TextsPerCall = 110 / 212.0;
    public const double ThoughtsPerCall = 25 / 212.0;
    public const double HookRecordsPerCall = 1072 / 212.0;
    public const double BashRecordsPerBash = 293 / 86.0;
    public const int RecordsOfSubagent = 12;

    /// <summary>Of a session's file, in bytes; the middle of the real ones is small, and most bytes lie in the large ones.</summary>
    public static Sizes File { get; } = new(10_000, 20_000, 39_000, 140_000, 500_000, 1_500_000, 2_500_000, 2_800_000);

    public static Sizes Prompt { get; } = new(13, 16, 27, 121, 426, 600, 8_579, 14_518);

    public static Sizes Answer { get; } = new(2, 2, 48, 79, 116, 209, 1_138, 13_956);

    public static Sizes Thought { get; } = new(76, 103, 123, 201, 351, 678, 1_734, 1_734);

    public static Sizes Signature { get; } = new(20, 20, 20, 20, 20, 440, 584, 584);

    public static Sizes BashProgress { get; } = new(0, 10, 40, 90, 200, 430, 2_000, 6_800);

    public static Sizes SnapshotFiles { get; } = new(0, 0, 2, 7, 12, 16, 18, 18);

    /// <summary>Often, how long what it gets, what it gives, and what stands beside the result for the screen.</summary>
    public static IReadOnlyList<ToolShape> Tools { get; } =
    [
        new("Bash", 86, new(53, 69, 85, 120, 165, 458, 1_135, 1_363), new(0, 30, 113, 215, 583, 1_888, 6_637, 10_442), new(0, 0, 0, 0, 0, 0, 0, 0)),
        new("Read", 44, new(53, 84, 98, 104, 117, 131, 138, 145), new(29, 425, 1_135, 2_000, 5_298, 7_665, 21_444, 21_881), new(0, 0, 0, 0, 0, 0, 0, 0)),
        new("Edit", 35, new(215, 283, 373, 599, 1_042, 2_002, 2_634, 2_653), new(97, 115, 121, 127, 133, 140, 140, 226), new(1_000, 1_500, 2_500, 6_200, 8_800, 17_000, 19_000, 20_000)),
        new("Write", 14, new(823, 871, 1_299, 3_380, 3_828, 9_318, 22_125, 22_125), new(66, 122, 126, 133, 143, 3_934, 11_256, 25_666), new(0, 50, 100, 200, 400, 3_000, 5_000, 20_000)),
        new("Glob", 11, new(25, 27, 32, 42, 51, 56, 62, 62), new(14, 45, 76, 196, 225, 899, 899, 3_422), new(0, 0, 0, 0, 0, 0, 0, 0)),
        new("WebSearch", 6, new(39, 39, 44, 59, 60, 77, 77, 77), new(2_103, 2_103, 2_410, 2_514, 2_680, 3_061, 3_061, 3_078), new(0, 0, 0, 0, 0, 0, 0, 0)),
        new("Grep", 5, new(67, 67, 77, 86, 113, 117, 117, 117), new(14, 14, 14, 16, 92, 92, 92, 139), new(0, 0, 0, 0, 0, 0, 0, 0)),
        new("WebFetch", 4, new(184, 184, 196, 229, 335, 335, 335, 335), new(1_146, 1_146, 1_146, 1_205, 36_844, 36_844, 36_844, 78_243), new(0, 0, 0, 0, 0, 0, 0, 0)),
        new("TaskOutput", 3, new(56, 56, 56, 56, 56, 56, 56, 56), new(225, 225, 225, 10_096, 10_096, 10_096, 10_096, 13_361), new(500, 500, 500, 500, 500, 500, 500, 500)),
        new("Task", 2, new(548, 548, 548, 1_100, 1_654, 1_654, 1_654, 1_654), new(3_881, 3_881, 3_881, 3_881, 10_496, 10_496, 10_496, 10_496), new(100, 100, 100, 100, 100, 100, 100, 100)),
    ];

    private static readonly int TotalWeight = Tools.Sum(tool => tool.Weight);

    public static ToolShape Tool(Random random)
    {
        var at = random.Next(TotalWeight);
        foreach (var tool in Tools)
        {
            at -= tool.Weight;
            if (at < 0)
            {
                return tool;
            }
        }

        throw new InvalidOperationException("The weights do not add up.");
    }

    /// <summary>A whole number that is <paramref name="mean"/> on average.</summary>
    public static int Count(Random random, double mean) => (int)(mean * 2 * random.NextDouble() + 0.5);
}

/// <param name="Beside">What the record says of the result beyond its text, in characters.</param>
internal sealed record ToolShape(string Name, int Weight, Sizes Input, Sizes Result, Sizes Beside);

using CogCommit.Core.Capture;
using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Capture;

/// <summary>The sample sessions, and by hand what must come of each.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TempHome _home = new();
    private readonly StoreFile _store;
    private readonly ImportResult _result;

    public SampleTests()
    {
        _store = StoreFile.Open(_home.Home);
        _result = Import();
    }

    // Project, branch, hashes, turns (with those of subagents), prompts, sessions, title's beginning.
    public static TheoryData<string, string, string, int, int, int, string> Table { get; } = new()
    {
        { "lantern-shop", "main", "", 2, 1, 1, "Warmup" },
        { "lantern-shop", "main", "7b3c1e9", 9, 1, 1, "Set up a small Express app" },
        { "lantern-shop", "main", "2d90f41", 6, 1, 1, "The cards look cramped on my phone" },
        { "lantern-shop", "feature/gift-cards", "c81f0aa", 14, 2, 2, "Start a branch for gift cards." },
        { "lantern-shop", "feature/gift-cards", "5e0d7b2", 6, 1, 1, "now take the gift card at checkout" },
        { "lantern-shop", "feature/gift-cards", "", 3, 1, 1, "Later. What is left" },
        { "lantern-shop", "feature/colours", "91ab3d4", 5, 1, 1, "Back to where the cards were done." },
        { "lantern-shop", "feature/colours", "", 1, 0, 1, "`/?colour=red` shows the koi alone." },
        { "tidy", "größe/prüfen", "3fa9c01;8c1d2e4", 12, 4, 1, "Read the date from the EXIF data" },
        { "tidy", "größe/prüfen", "8c1d2e4", 3, 1, 1, "It is spelled EXIF." },
        { "tidy", "größe/prüfen", "a1b2c3d;d4e5f60", 4, 1, 1, "Now write the README and more tests" },
        { "tidy", "größe/prüfen", "0f9e8d7", 5, 1, 1, "Run the long property tests in the background" },
        { "tidy", "größe/prüfen", "", 1, 0, 1, "All three passed" },
        { "tidy", "HEAD", "6d5c4b3", 4, 1, 1, "tidy renames the wrong file" },
        { "tidy", "HEAD", "", 3, 1, 1, "It says \"Names carry seconds\" is the culprit." },
        { "moonjumper", "main", "f00dc4fe1", 4, 1, 1, "The jump feels floaty." },
        { "moonjumper", "main", "0b1e55ed2", 10, 2, 2, "Now double jump, but only after picking up the feather." },
        { "moonjumper", "main", "", 1, 0, 1, "With the feather you jump twice" },
        { "moonjumper-night-sky", "night-sky", "4b5a697", 4, 1, 1, "In this worktree: the stars all twinkle in step" },
        { "moonjumper-night-sky", "night-sky", "", 1, 0, 1, "No two neighbours twinkle together now" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_commit_is_as_the_table_says(string project, string branch, string hashes, int turns, int prompts, int sessions, string title)
    {
        var commit = Assert.Single(Commits(), commit => commit.Title.StartsWith(title, StringComparison.Ordinal));
        Assert.Equal((project, branch, hashes), (commit.ProjectName, commit.Branch, commit.GitHashes.ToString()));
        Assert.Equal((turns, prompts, sessions), (commit.TurnCount, commit.PromptCount, commit.SessionCount));
        Assert.Equal(hashes.Length > 0 ? "git_commit" : "session_end", commit.ClosedBy);
    }

    [Fact]
    public void There_are_no_others()
    {
        Assert.Equal(Table.Count, Commits().Count);
        Assert.Equal((Table.Count, 1), (_result.CommitsNew, _result.Housekeeping));
        Assert.Empty(_result.BadLines);
    }

    [Fact]
    public void Files_are_relative_to_the_work_tree_on_every_system()
    {
        Assert.Equal(["src/checkout.js"], Commit("now take the gift card").FilesChanged);
        Assert.Equal(["src/Player.cs"], Commit("The jump feels floaty").FilesRead);
        Assert.Equal(["CLAUDE.md", "src/exif.rs", "src/date.rs"], Commit("Read the date from the EXIF").FilesChanged);
    }

    [Fact]
    public void What_was_typed_meanwhile_is_a_prompt_and_what_was_taken_back_is_none()
    {
        Assert.Equal(["and the page must say the balance before anybody pays"], Prompts("Start a branch for gift cards").Skip(1));
        Assert.Equal(["and add a little dust puff when the second jump starts"], Prompts("Now double jump").Skip(1));
    }

    [Fact]
    public void The_interrupted_answer_is_marked() =>
        Assert.Single(Turns("Read the date from the EXIF"), turn => turn.Interrupted && turn.ToolCalls[0].Name == "Bash");

    [Fact]
    public void The_screenshot_belongs_to_its_commit()
    {
        using var reader = _store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select commit_id || mime from visuals";
        Assert.Equal(Commit("The cards look cramped").Id + "image/png", command.ExecuteScalar());
    }

    [Fact]
    public void The_warm_up_needs_no_upload() => Assert.Equal("filtered", Commit("Warmup").SyncStatus);

    [Fact]
    public void Importing_again_imports_nothing()
    {
        var again = Import();
        Assert.Equal((0, 0, 0, 0L), (again.CommitsNew, again.CommitsUpdated, again.TurnsNew, again.Lines));
    }

    public void Dispose()
    {
        _store.Dispose();
        _home.Dispose();
    }

    private ImportResult Import() => new Importer(_store).Run(new ImportOptions { Paths = [Samples()] }, null, CancellationToken.None);

    private List<CognitiveCommit> Commits() => CommitReader.Read(_store, new CommitFilter { Visibility = Visibility.All }).ToList();

    private CognitiveCommit Commit(string title) => Commits().Single(commit => commit.Title.StartsWith(title, StringComparison.Ordinal));

    private IEnumerable<Turn> Turns(string title) => TurnReader.Read(_store, new TurnFilter { CommitIds = [Commit(title).Id] }, CancellationToken.None);

    private IEnumerable<string> Prompts(string title) => Turns(title).Where(turn => turn is { Role: "user", IsSubagent: false }).Select(turn => turn.Content);

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

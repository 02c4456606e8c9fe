using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Completion;

/// <summary>A key that completes must neither fail nor wait nor leave anything behind.</summary>
public sealed class SilenceTests : IDisposable
{
    private static readonly string[] Lines =
        ["Get-CogCommit ", "Get-CogCommit -Project ", "Get-CogCommit -Branch ", "Get-CogCommit -File ", "Get-CogCommit -GitHash ", "Get-CogCommitTurn -SessionId ",
         "Get-CogCommitTurn -Tool ", "Resolve-CogCommitConflict ", "Receive-CogCommit ", "Set-CogCommitConfig exclude-projects "];

    private readonly NamedHistory _engine = new();

    [Fact]
    public void There_is_nothing_where_there_is_no_store_and_none_is_made()
    {
        _engine.Machine("empty");

        Assert.All(Lines, line => Assert.Empty(_engine.Complete(line)));
        Assert.False(Directory.Exists(_engine.Home));
    }

    [Fact]
    public void There_is_nothing_where_the_store_is_damaged_and_it_is_left_alone()
    {
        File.WriteAllText(StoreHand.PathOf(_engine.Home), "no database at all, and long enough to look like one");

        Assert.All(Lines, line => Assert.Empty(_engine.Complete(line)));
        Assert.StartsWith("no database", File.ReadAllText(StoreHand.PathOf(_engine.Home)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("insert into schema_version values (101)")]
    [InlineData("update schema_version set version = 10")]
    [InlineData("drop table schema_version")]
    public void There_is_nothing_where_another_version_wrote_the_store(string sql)
    {
        StoreHand.Do(_engine.Home, sql);

        Assert.All(Lines, line => Assert.Empty(_engine.Complete(line)));
    }

    [Fact]
    public void A_writer_is_not_waited_for_and_does_not_hide_the_store()
    {
        using var writer = StoreHand.Open(_engine.Home);
        StoreHand.Execute(writer, "begin immediate; update cognitive_commits set hidden = 1");

        Assert.Equal(_engine.Ids, _engine.Texts("Get-CogCommit "));
    }

    [Fact]
    public void A_store_that_somebody_holds_for_himself_is_not_waited_for()
    {
        using var holder = StoreHand.Open(_engine.Home);
        StoreHand.Execute(holder, "pragma journal_mode = delete; pragma locking_mode = exclusive; begin exclusive; update cognitive_commits set hidden = 1");
        // With a log beside it the store is not taken for one that stands still.
        File.WriteAllText(StoreHand.PathOf(_engine.Home) + "-wal", "x");

        Assert.All(Lines, line => Assert.Empty(_engine.Complete(line)));
    }

    [Fact]
    public void Looking_leaves_no_trace()
    {
        var before = Trace();
        Assert.NotEmpty(Lines.SelectMany(line => _engine.Complete(line)));

        Assert.Equal(before, Trace());
    }

    public void Dispose() => _engine.Dispose();

    private string Trace() => string.Join('\n', new DirectoryInfo(_engine.Home).EnumerateFiles("*", SearchOption.AllDirectories)
        .OrderBy(file => file.FullName, StringComparer.Ordinal).Select(file => $"{file.FullName} {file.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.FullName)))}"));
}

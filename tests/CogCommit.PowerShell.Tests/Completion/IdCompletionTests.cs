using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Completion;

public sealed class IdCompletionTests(NamedHistory engine) : IClassFixture<NamedHistory>
{
    public static TheoryData<string> Commands => new(
        "Get-CogCommit ", "Export-CogCommit ", "Get-CogCommitTurn ", "Get-CogCommitSession ", "Set-CogCommit ", "Remove-CogCommit ", "Push-CogCommit ",
        "Receive-CogCommit ", "Measure-CogCommit -CommitId ", "Get-CogCommit -Id ");

    [Theory]
    [MemberData(nameof(Commands))]
    public void Commits_newest_first(string line) => Assert.Equal(engine.Ids, engine.Texts(line));

    [Fact]
    public void A_commits_title_stands_beside_its_id()
    {
        var boat = engine.Complete("Get-CogCommit ")[2];

        Assert.Equal((engine.Ids[2], $"{engine.Ids[2][..8]}  Where is the boat?"), (boat.CompletionText, boat.ListItemText));
        Assert.Contains("Where is the boat? (ann's boat feature/crane, 2026-02-1", boat.ToolTip, StringComparison.Ordinal);
        Assert.EndsWith(", 2 turns)", boat.ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void The_beginning_of_an_id_or_a_part_of_the_title_will_do()
    {
        Assert.Equal(engine.Ids[3], engine.Texts("Get-CogCommit " + engine.Ids[3][..6]).First());
        Assert.Equal([engine.Ids[3]], engine.Texts("Get-CogCommit " + engine.Ids[3].ToUpperInvariant()));
        Assert.Equal([engine.Ids[4]], engine.Texts("Get-CogCommit retry"));
        Assert.Equal([$"'{engine.Ids[4]}'"], engine.Texts("Get-CogCommit 'a RETRY to"));
        Assert.Equal([$"\"{engine.Ids[4]}\""], engine.Texts("Get-CogCommit \"a retry to"));
        Assert.Equal([engine.Ids[4]], engine.Texts($"Get-CogCommit {engine.Ids[0]}, retry"));
        Assert.Empty(engine.Texts("Get-CogCommit zebra"));
        // Digits in the middle of an id are no part of a title.
        Assert.Empty(engine.Texts("Get-CogCommit " + engine.Ids[4][2..8]));
    }

    [Fact]
    public void The_other_parameters_narrow_it()
    {
        Assert.Equal([engine.Ids[3], engine.Ids[4]], engine.Texts("Get-CogCommit -Project light* -CommitId "));
        Assert.Equal([engine.Ids[2]], engine.Texts("Get-CogCommit -Branch feature/* -CommitId "));
    }

    [Fact]
    public void Sessions_newest_first_and_those_of_a_commit()
    {
        var sessions = engine.Run("Get-CogCommit | Get-CogCommitSession").Fine();
        var ids = sessions.All<string>("SessionId").ToList();

        Assert.Equal(ids, engine.Texts("Get-CogCommitTurn -SessionId "));
        Assert.Equal(ids, engine.Texts("Close-CogCommit -SessionId "));
        Assert.Equal([ids[2]], engine.Texts($"Get-CogCommitSession {engine.Ids[2]} -SessionId "));
        Assert.Equal([ids[2]], engine.Texts($"Get-CogCommitSession -SessionId {ids[2]}"));
        Assert.Equal([ids[2]], engine.Texts($"Get-CogCommitSession -SessionId {sessions.All<string>("AgentSessionId").ElementAt(2)}"));
        Assert.Contains("Where is the boat? (session ", engine.Complete("Get-CogCommitTurn -SessionId ")[2].ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_and_deleted_ones_come_where_they_are_meant()
    {
        using var own = new NamedHistory();
        own.Run("Set-CogCommit $args[0] -Hidden; Remove-CogCommit $args[1] -Cloud -Force", own.Ids[0], own.Ids[1]).Fine();

        Assert.Equal([.. own.Ids.Skip(2)], own.Texts("Get-CogCommit "));
        Assert.Equal([own.Ids[0], .. own.Ids.Skip(2)], own.Texts("Get-CogCommit -Force -CommitId "));
        Assert.Equal([own.Ids[0], .. own.Ids.Skip(2)], own.Texts("Set-CogCommit -Hidden:$false -CommitId "));
        Assert.Equal([own.Ids[1]], own.Texts("Restore-CogCommit "));
        Assert.Equal([own.Ids[1]], own.Texts("Get-CogCommit -Deleted -CommitId "));

        own.Run("Remove-CogCommit $args[0] -Force -IncludeUnpushed", own.Ids[2]).Fine();
        Assert.Equal([own.Ids[2], .. own.Ids.Skip(3)], own.Texts("Receive-CogCommit "));
        engine.Machine("one");
    }

    [Fact]
    public void Conflicts_with_the_titles_of_their_commits()
    {
        using var own = new NamedHistory();
        StoreHand.Do(own.Home, $"""
            insert into conflicts (id, commit_id, lost, won, lost_side, archived_at, resolved_at) values
              ('11111111-0000-4000-8000-000000000001', '{own.Ids[2]}', '{"{}"}', '{"{}"}', 'local', '2026-03-01T00:00:00.000000Z', null),
              ('22222222-0000-4000-8000-000000000002', '{own.Ids[3]}', '{"{}"}', '{"{}"}', 'local', '2026-03-02T00:00:00.000000Z', '2026-03-03T00:00:00.000000Z')
            """);

        Assert.Equal(
            ["11111111-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002"], own.Texts("Resolve-CogCommitConflict "));
        Assert.Equal(["22222222-0000-4000-8000-000000000002"], own.Texts("Resolve-CogCommitConflict 22"));
        Assert.Equal("11111111  Where is the boat?", own.Complete("Resolve-CogCommitConflict boat").Single().ListItemText);
        Assert.Equal([own.Ids[2], own.Ids[3]], own.Texts("Resolve-CogCommitConflict -CommitId "));
        Assert.Equal([own.Ids[2], own.Ids[3]], own.Texts("Get-CogCommitConflict "));
        Assert.Equal(["Local", "Cloud"], own.Texts("Resolve-CogCommitConflict -Keep ").Order().Reverse());
        engine.Machine("one");
    }
}

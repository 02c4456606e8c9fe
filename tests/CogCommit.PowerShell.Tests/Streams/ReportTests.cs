using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Streams;

/// <summary>Verbose says what is done, Debug what support needs, and without them nothing is said.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly Machines _machines;
    private readonly string _transcripts;
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];

    public ReportTests(LocalCloud cloud)
    {
        _machines = new Machines(cloud);
        _transcripts = History.Write(_machines.Folder);
    }

    [Fact]
    public void An_import_names_the_files_it_reads()
    {
        var said = _machines.Run("Import-CogCommit $args[0] -Verbose", _transcripts).Fine();

        Assert.Contains("Found 2 transcripts; 2 of them have something new.", said.Verbose);
        foreach (var file in Directory.EnumerateFiles(_transcripts, "*.jsonl", SearchOption.AllDirectories))
        {
            Assert.Contains($"Reading {file} from its start.", said.Verbose);
        }

        Assert.Contains("Found 2 transcripts; 0 of them have something new.", _machines.Run("Import-CogCommit $args[0] -Verbose", _transcripts).Fine().Verbose);
        var one = Directory.EnumerateFiles(_transcripts, "*.jsonl", SearchOption.AllDirectories).First();
        Assert.Contains("Found 1 transcript; 0 of them have something new.", _machines.Run("Import-CogCommit $args[0] -Verbose", one).Fine().Verbose);
        Assert.Contains("The search index was made anew: 14 commits and turns.", _machines.Run("Import-CogCommit $args[0] -Rebuild -Verbose", _transcripts).Fine().Verbose);
        Assert.Contains(_machines.Run("Import-CogCommit $args[0] -Rebuild -Debug", _transcripts).Fine().Debug, line => line.StartsWith("Stored up to byte ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sync_tells_what_went_and_what_came_and_for_support_each_request()
    {
        SignIn("one");
        var pushed = _machines.Run("Push-CogCommit -Verbose -Debug").Fine();
        Assert.Contains("4 commits have something to send: 10 turns.", pushed.Verbose);
        Assert.Contains(pushed.Verbose, line => line.StartsWith("Sent ", StringComparison.Ordinal) && line.Contains("rows of 4 commits", StringComparison.Ordinal));
        Assert.Contains(pushed.Debug, line => line.StartsWith("POST /rest/v1/rpc/cogcommit_push: 200, ", StringComparison.Ordinal) && line.EndsWith(" ms", StringComparison.Ordinal));
        Assert.Equal(4, pushed.Debug.Count(line => line.StartsWith("Plan: Push of commit ", StringComparison.Ordinal)));
        Assert.Contains(pushed.Debug, line => line.StartsWith("Push-CogCommit of CogCommit ", StringComparison.Ordinal) && line.Contains(_machines.Home, StringComparison.Ordinal));

        SignIn("two");
        var pulled = _machines.Run("Receive-CogCommit -Verbose -Debug").Fine();
        Assert.Contains(pulled.Verbose, line => line.StartsWith("Received ", StringComparison.Ordinal) && line.Contains("of 4 commits", StringComparison.Ordinal));
        Assert.Contains(pulled.Debug, line => line.StartsWith("The cursor behind this page is seq ", StringComparison.Ordinal));

        Assert.Contains("Compared both sides: 0 commits differ.", _machines.Run("Sync-CogCommit -Verify -Verbose").Fine().Verbose);
    }

    [Theory]
    [InlineData("Get-CogCommit $args[0].Substring(0, 8) -Verbose", "is the commit ")]
    [InlineData("Set-CogCommit $args[0] -Title new -Verbose", "Set-CogCommit")]
    [InlineData("Remove-CogCommit $args[0] -IncludeUnpushed -Force -Verbose", "Remove from this machine, also what the cloud does not have: ")]
    [InlineData("Export-CogCommit $args[0] -Path \"$($args[1])/one.json\" -Verbose", "with 1 commit.")]
    [InlineData("Export-CogCommit $args[0] -Path \"$($args[1])/one.json\"; Import-CogCommit \"$($args[1])/one.json\" -Verbose", "first all of it is checked")]
    public void What_was_resolved_changed_or_written_is_said(string line, string part)
    {
        _machines.Run("Import-CogCommit $args[0]", _transcripts).Fine();
        var id = _machines.Run("Get-CogCommit").Fine().Output[0].Get<string>("Id");

        Assert.Contains(_machines.Run(line, id, _machines.Folder).Fine().Verbose, text => text.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_that_cannot_be_read_are_a_warning()
    {
        var file = _machines.File("projects/-home-ann-broken/" + Guid.NewGuid() + ".jsonl", "{ broken\n" + File.ReadAllText(Directory.EnumerateFiles(_transcripts, "*.jsonl", SearchOption.AllDirectories).First()));

        Assert.StartsWith("Not everything could be taken as it is (1 times)", Assert.Single(_machines.Run("Import-CogCommit $args[0]", file).Fine().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_being_asked_it_says_nothing()
    {
        SignIn("one");

        var quiet = _machines.Run("Import-CogCommit $args[0] -Rebuild; Sync-CogCommit; Get-CogCommit | Set-CogCommit -Title new; Sync-CogCommit -Verify", _transcripts).Fine();

        Assert.Empty(quiet.Verbose);
        Assert.Empty(quiet.Debug);
        Assert.Empty(quiet.Warnings);
        Assert.Empty(quiet.Information);
    }

    public void Dispose() => _machines.Dispose();

    private void SignIn(string machine)
    {
        _machines.Machine(machine);
        _machines.Connect(_user, $"-MachineName {machine}").Fine();
        if (machine == "one")
        {
            _machines.Run("Import-CogCommit $args[0]", _transcripts).Fine();
        }
    }
}

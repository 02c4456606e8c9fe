using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class AmbiguousIdTests : IDisposable
{
    private const string One = "deadbeef-0000-5000-8000-000000000001";
    private const string Two = "deadbeef-0000-5000-8000-000000000002";
    private readonly BareEngine _engine = new();

    public AmbiguousIdTests()
    {
        var file = Path.Combine(_engine.Folder, "twins.jsonl");
        _engine.Run("$null = Import-CogCommit $args[0]; Export-CogCommit -Path $args[1]", History.Write(_engine.Folder), file).Fine();
        var ids = _engine.Run("Get-CogCommit").All<string>("Id").ToArray();
        File.WriteAllText(file, File.ReadAllText(file).Replace(ids[0], One, StringComparison.Ordinal).Replace(ids[1], Two, StringComparison.Ordinal));
        _engine.Machine("two");
        _engine.Run("Import-CogCommit $args[0]", file).Fine();
    }

    [Fact]
    public void The_beginning_of_several_ids_lists_them_and_stops_only_itself()
    {
        var outcome = _engine.Run("Get-CogCommit deadbeef, $args[0]", One);

        var error = outcome.OneError();
        Assert.Equal("AmbiguousCommitId", error.Id());
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("deadbeef", error.TargetObject);
        Assert.Contains(One, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(Two, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(One, outcome.One.Get<string>("Id"));
    }

    [Theory]
    [InlineData("Set-CogCommit deadbeef -Title x")]
    [InlineData("Remove-CogCommit deadbeef -IncludeUnpushed -Force")]
    [InlineData("Export-CogCommit deadbeef -Format Markdown")]
    [InlineData("Get-CogCommitTurn deadbeef")]
    [InlineData("Get-CogCommitSession deadbeef")]
    public void Every_cmdlet_refuses_it_alike(string script)
    {
        Assert.Equal("AmbiguousCommitId", _engine.Run(script).OneError().Id());
        Assert.Equal(4, _engine.Run("Get-CogCommit").Fine().Output.Count);
    }

    public void Dispose() => _engine.Dispose();
}

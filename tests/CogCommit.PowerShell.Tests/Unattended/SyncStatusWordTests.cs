using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Unattended;

/// <summary>The word by which a script tells the outcomes of a sync apart.</summary>
public sealed class SyncStatusWordTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Theory]
    [InlineData("", "completed")]
    [InlineData("Pushed = 3; Conflicts = 1; Filtered = 1", "completed")]
    [InlineData("Failed = 1", "incomplete")]
    [InlineData("OverLimit = 1", "incomplete")]
    [InlineData("Offline = $true", "offline")]
    [InlineData("Offline = $true; Failed = 1; OverLimit = 1", "offline")]
    public void It_says_the_outcome(string properties, string word) =>
        Assert.Equal(word, _engine.Run($"([CogCommit.SyncResult]@{{ {properties} }}).Status").Fine().One.ToString());

    public void Dispose() => _engine.Dispose();
}

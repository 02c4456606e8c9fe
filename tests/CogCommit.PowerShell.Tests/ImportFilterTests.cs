using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class ImportFilterTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void Only_the_projects_asked_for_are_imported()
    {
        var folder = History.Write(_engine.Folder);

        Assert.Equal(1, _engine.Run("Import-CogCommit $args[0] -Project HARB*", folder).Fine().One.Get<int>("CommitsNew"));
        Assert.Equal(3, _engine.Run("Import-CogCommit $args[0]", folder).Fine().One.Get<int>("CommitsNew"));
    }

    [Fact]
    public void Only_what_is_new_enough_is_imported()
    {
        var folder = History.Write(_engine.Folder);

        Assert.Equal(1, _engine.Run("Import-CogCommit $args[0] -Since 2026-02-12", folder).Fine().One.Get<int>("CommitsNew"));
    }

    [Fact]
    public void Excluded_projects_are_never_read()
    {
        var result = _engine.Run("Set-CogCommitConfig exclude-projects light*; Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine().One;

        Assert.Equal(1, result.Get<int>("CommitsNew"));
    }

    public void Dispose() => _engine.Dispose();
}

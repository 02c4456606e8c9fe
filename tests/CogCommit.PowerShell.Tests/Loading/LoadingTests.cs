using System.Runtime.Loader;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Loading;

public sealed class LoadingTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void The_models_types_can_be_written_at_once()
    {
        var type = (Type)_engine.Run("[CogCommit.CognitiveCommit]").Fine().One.BaseObject;

        Assert.Equal(Path.Combine(RepositoryRoot.Module, "CogCommit.Model.dll"), type.Assembly.Location);
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(type.Assembly));
    }

    [Fact]
    public void The_core_and_its_packages_are_in_a_context_of_their_own()
    {
        _engine.Run("Get-CogCommitConfig").Fine();

        var core = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == "CogCommit.Core").ToArray();
        Assert.Equal("CogCommit", AssemblyLoadContext.GetLoadContext(Assert.Single(core))!.Name);
        Assert.Equal(Path.Combine(RepositoryRoot.Module, "dependencies", "CogCommit.Core.dll"), core[0].Location);
    }

    [Fact]
    public void The_manifest_names_what_the_module_has()
    {
        var exported = _engine.Run("(Get-Module CogCommit).ExportedCmdlets.Keys").Fine().Output.Select(name => name.ToString()).Order();
        var built = _engine.Run("Import-Module $args[0] -PassThru | ForEach-Object { $_.ExportedCmdlets.Keys }", Path.Combine(RepositoryRoot.Module, "CogCommit.PowerShell.dll"))
            .Fine().Output.Select(name => name.ToString()).Order();

        Assert.Equal(built, exported);
        Assert.Equal(["cogcommit"], _engine.Run("(Get-Module CogCommit).ExportedFunctions.Keys").Fine().Output.Select(name => name.ToString()));
    }

    [Fact]
    public void Import_remove_and_import_again_works()
    {
        for (var i = 0; i < 3; i++)
        {
            _engine.Run("Remove-Module CogCommit").Fine();
            Assert.Equal("CommandNotFoundException", _engine.Run("Get-CogCommitConfig").OneError().Id());
            _engine.Run("Import-Module $args[0]; Get-CogCommitConfig", RepositoryRoot.Manifest).Fine();
        }
    }

    [Fact]
    public void Removed_in_one_runspace_it_stays_in_another()
    {
        using var other = BareEngine.NewRunspace();
        BareEngine.RunIn(other, "Import-Module $args[0]; Get-CogCommitConfig", RepositoryRoot.Manifest).Fine();

        BareEngine.RunIn(other, "Remove-Module CogCommit").Fine();

        _engine.Run("Get-CogCommitConfig").Fine();
    }

    /// <summary>In a process of its own: in this one the other tests have loaded everything long since.</summary>
    [Fact]
    public Task Import_loads_nothing_of_SQLite_HTTP_or_Polly() =>
        OwnProcess.RunAsync<FreshProcess>(nameof(FreshProcess.Import_loads_nothing_of_SQLite_HTTP_or_Polly));

    public void Dispose() => _engine.Dispose();
}

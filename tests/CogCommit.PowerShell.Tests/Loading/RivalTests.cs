namespace CogCommit.PowerShell.Tests.Loading;

/// <summary>Another module, tests/CogCommit.RivalModule, brings other versions of our packages into the default load context.</summary>
public class RivalTests
{
    [Theory]
    [InlineData(nameof(RivalProcess.Imported_after_a_module_with_other_versions_both_work))]
    [InlineData(nameof(RivalProcess.Imported_before_a_module_with_other_versions_both_work))]
    public Task Beside_a_module_with_other_versions_of_its_packages(string order) => OwnProcess.RunAsync<RivalProcess>(order);
}

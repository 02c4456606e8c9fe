using CogCommit.Core.Store;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether this is the installation that the user thinks of.</summary>
internal sealed class HomeCheck : IHealthCheck
{
    public string Name => "Home";

    public string Description => "The folder of this installation, and who names it.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var home = subject.Environment.Home;
        var usual = new CogCommitHome(Path.Combine(subject.Environment.UserFolder, ".cogcommit"));
        var isUsual = home.Root == usual.Root;
        return Task.FromResult(
            !isUsual && !File.Exists(home.DatabasePath) && File.Exists(usual.DatabasePath)
                ? HealthFinding.Warning($"COGCOMMIT_HOME names {home.Root}, where no store is; there is one in {usual.Root}.", "Clear COGCOMMIT_HOME to use that one.")
            : isUsual ? HealthFinding.Ok(home.Root)
            : HealthFinding.Ok($"{home.Root}, named by COGCOMMIT_HOME."));
    }
}

using CogCommit.Core.Config;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether the settings can be read, and which of them keep something silent.</summary>
internal sealed class ConfigCheck : IHealthCheck
{
    public string Name => "Config";

    public string Description => "Whether config.json can be read, and which projects it excludes.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var path = subject.Environment.Home.ConfigPath;
        Settings settings;
        try
        {
            settings = Settings.Load(subject.Environment.Home);
        }
        catch (CogCommitException damage)
        {
            return Task.FromResult(HealthFinding.Error(damage.Message, $"Mend {path}, or move it away to begin with the defaults."));
        }

        var wrong = Settings.Keys.Select(key => Problem(settings, key.Name)).OfType<CogCommitException>().ToList();
        if (wrong.Count > 0)
        {
            return Task.FromResult(HealthFinding.Error(string.Join(" ", wrong.Select(problem => problem.Message)), "Set-CogCommitConfig <key> <value>"));
        }

        return Task.FromResult(
            !settings.UsesCloud
                ? HealthFinding.Ok("The history stays on this machine (storage local); nothing is synced.")
            : settings.ExcludeProjects is { Count: > 0 } excluded
                ? HealthFinding.Ok($"Never imported: {string.Join(", ", excluded)} (exclude-projects).")
            : HealthFinding.Ok(File.Exists(path) ? $"{path} is in order." : "All settings are at their defaults."));
    }

    private static CogCommitException? Problem(Settings settings, string key)
    {
        try
        {
            settings.Entry(key);
            return null;
        }
        catch (CogCommitException problem)
        {
            return problem;
        }
    }
}

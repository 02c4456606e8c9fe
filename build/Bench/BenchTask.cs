using CogCommit.Build.Testing;

namespace CogCommit.Build.Bench;

/// <summary>Measures beside the limits: bench/CogCommit.Bench, and the module built as users have it.</summary>
internal sealed class BenchTask(Children children)
{
    public int Run(IReadOnlyList<string> arguments)
    {
        Build("src", "CogCommit.PowerShell");
        Build("bench", "CogCommit.Bench");
        return children.Run(
            Programs.Dotnet, [Repository.PathOf("bench", "CogCommit.Bench", "bin", "Release", "net10.0", "CogCommit.Bench.dll"), .. arguments],
            new Dictionary<string, string?> { ["COGCOMMIT_BENCH_PWSH"] = RealPowerShell.Find(children).Program });
    }

    private void Build(params string[] project)
    {
        if (children.Run(Programs.Dotnet, ["build", Repository.PathOf(project), "-c", "Release", "-nologo", "-v", "quiet", "-nodeReuse:false"]) != 0)
        {
            throw new BuildException("The build failed.");
        }
    }
}

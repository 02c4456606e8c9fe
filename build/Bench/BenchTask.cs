namespace CogCommit.Build.Bench;

/// <summary>Measures beside the limits: bench/CogCommit.Bench, built as users have it.</summary>
internal sealed class BenchTask(Children children)
{
    public int Run(IReadOnlyList<string> arguments) => children.Run(
        Programs.Dotnet, ["run", "--project", Repository.PathOf("bench", "CogCommit.Bench"), "-c", "Release", "-v", "quiet", "--", .. arguments]);
}

using CogCommit.Core.Daemon;

namespace CogCommit.Core.Tests.Daemon;

public sealed class StartupHooksTests
{
    [Theory]
    [InlineData(null, "ours", "ours")]
    [InlineData("", "ours", "ours")]
    [InlineData("theirs", "ours", "theirs|ours")]
    [InlineData("theirs|others", "ours", "theirs|others|ours")]
    [InlineData("theirs", "o|urs", null)]
    public void Ours_comes_last_where_its_path_can_be_named(string? present, string ours, string? expected) =>
        Assert.Equal(OfSystem(expected), StartupHooks.With(OfSystem(present), OfSystem(ours)!));

    [Theory]
    [InlineData(null, null)]
    [InlineData("ours", null)]
    [InlineData("theirs|ours", "theirs")]
    [InlineData("ours|theirs|ours|others", "theirs|others")]
    [InlineData("theirs", "theirs")]
    public void Without_ours_the_rest_stays(string? hooks, string? left) => Assert.Equal(OfSystem(left), StartupHooks.Without(OfSystem(hooks), "ours"));

    private static string? OfSystem(string? hooks) => hooks?.Replace('|', Path.PathSeparator);
}

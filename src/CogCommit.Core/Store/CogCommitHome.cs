namespace CogCommit.Core.Store;

/// <summary>The folder that holds everything of one installation; <c>~/.cogcommit</c> unless COGCOMMIT_HOME names another.</summary>
public sealed class CogCommitHome
{
    internal const string Variable = "COGCOMMIT_HOME";

    public CogCommitHome(string root)
    {
        Root = Path.GetFullPath(root);
        DatabasePath = Path.Combine(Root, "global", "data.db");
    }

    public string Root { get; }

    public string DatabasePath { get; }

    public string AuthPath => Path.Combine(Root, "auth.json");

    public string ConfigPath => Path.Combine(Root, "config.json");

    public string VisualsPath => Path.Combine(Root, "visuals");

    public string VisualCachePath => Path.Combine(Root, "visual-cache");

    public static CogCommitHome FromEnvironment()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        return new CogCommitHome(string.IsNullOrWhiteSpace(named)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cogcommit")
            : named);
    }
}

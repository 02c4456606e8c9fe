namespace CogCommit.Core.Daemon;

/// <summary>The module that this process runs.</summary>
internal static class ModuleVersion
{
    public static string Current { get; } = typeof(ModuleVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Where its cmdlets lie; Core lies in <c>dependencies</c> below. Of Core alone, as tests have it, its own folder.</summary>
    public static string? Folder { get; } = Above(Path.GetDirectoryName(typeof(ModuleVersion).Assembly.Location));

    private static string? Above(string? folder) => Path.GetFileName(folder) == "dependencies" ? Path.GetDirectoryName(folder) : folder;
}

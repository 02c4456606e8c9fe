namespace CogCommit.Core.Daemon;

/// <summary>
/// What .NET runs before a program (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md): assemblies by
/// their full paths, in the order of the variable, parted as the folders of PATH are.
/// </summary>
internal static class StartupHooks
{
    public const string Variable = "DOTNET_STARTUP_HOOKS";

    /// <summary>The variable's value with an assembly after what is there; null where its path cannot stand in there.</summary>
    public static string? With(string? present, string assembly) =>
        assembly.Contains(Path.PathSeparator, StringComparison.Ordinal) ? null
        : string.IsNullOrEmpty(present) ? assembly : $"{present}{Path.PathSeparator}{assembly}";

    /// <summary>The variable's value without an assembly; null where nothing is left.</summary>
    public static string? Without(string? present, string assembly)
    {
        var left = (present ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(hook => hook != assembly).ToList();
        return left.Count == 0 ? null : string.Join(Path.PathSeparator, left);
    }
}

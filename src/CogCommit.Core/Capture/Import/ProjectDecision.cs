using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>The project of an agent session, decided once, from its first cwd, and stored (rule 10).</summary>
internal sealed class ProjectDecision
{
    private readonly Dictionary<string, string?> _names = [];

    public string? Of(string cwd)
    {
        if (!_names.TryGetValue(cwd, out var name))
        {
            _names[cwd] = name = cwd.TrimEnd('/', '\\').Split('/', '\\')[^1] is { Length: > 0 } last ? last : null;
        }

        return name;
    }

    public void Decide(WriteTransaction transaction, long session, string? cwd)
    {
        if (cwd is null || Of(cwd) is not { } name)
        {
            return;
        }

        var decided = transaction.Execute("update agent_sessions set project_name = $p where row = $row and project_name is null", ("$row", session), ("$p", name));
        if (decided > 0)
        {
            transaction.Execute("insert or ignore into projects (name, local_path) values ($name, $path)", ("$name", name), ("$path", cwd));
        }
    }
}

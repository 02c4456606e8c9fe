using CogCommit.Core.Capture.Project;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>The project of an agent session, decided once, from its first cwd, and stored (rule 10).</summary>
internal sealed class ProjectDecision(IProjectFiles files)
{
    private readonly Dictionary<string, ProjectGuess> _guesses = [];

    public ProjectGuess Of(string cwd)
    {
        if (!_guesses.TryGetValue(cwd, out var guess))
        {
            guess = ProjectName.Of(cwd, files);
            _guesses[cwd] = guess = guess with { Name = LongestText.Cut(guess.Name, LongestText.Project), RemoteUrl = LongestText.Cut(guess.RemoteUrl, LongestText.RemoteUrl) };
        }

        return guess;
    }

    public void Decide(WriteTransaction transaction, long session, string? cwd)
    {
        if (cwd is null || Of(cwd) is not { Name: { } name } guess)
        {
            return;
        }

        var decided = transaction.Execute("update agent_sessions set project_name = $p where row = $row and project_name is null", ("$row", session), ("$p", name));
        if (decided > 0)
        {
            transaction.Execute("""
                insert into projects (name, remote_url, local_path) values ($name, $url, $path)
                on conflict (name) do update set remote_url = coalesce(remote_url, excluded.remote_url), local_path = coalesce(local_path, excluded.local_path)
                """, ("$name", name), ("$url", guess.RemoteUrl), ("$path", guess.Folder));
        }
    }
}

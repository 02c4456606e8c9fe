namespace CogCommit.Core.Capture.Project;

/// <summary>Names the project of a working directory (rule 10): the remote's name, else the main work tree's folder, else the last part.</summary>
internal static class ProjectName
{
    public static ProjectGuess Of(string? cwd, IProjectFiles files)
    {
        if (string.IsNullOrWhiteSpace(cwd))
        {
            return new ProjectGuess(null, null, null);
        }

        return Repository(cwd, files) is { } repository
            ? OfRepository(repository, files)
            : new ProjectGuess(WorkTreePath.LastPart(cwd), null, cwd);
    }

    private static ProjectGuess OfRepository((string WorkTree, string GitFolder) repository, IProjectFiles files)
    {
        var common = CommonFolder(repository.GitFolder, files);
        var main = common == repository.GitFolder ? repository.WorkTree : MainWorkTree(common);
        var url = files.ReadText(NativePath.Join(common, "config")) is { } config ? GitConfig.RemoteUrl(config) : null;
        var name = url is null ? null : Project.RemoteUrl.Name(url);
        return new ProjectGuess(name ?? FolderName(main), url is null ? null : Project.RemoteUrl.WithoutSecrets(url), main);
    }

    /// <summary>The nearest folder upwards with a <c>.git</c>, be it gone itself: worktrees made for an agent are removed after it.</summary>
    private static (string WorkTree, string GitFolder)? Repository(string cwd, IProjectFiles files)
    {
        // A share is not asked: it may be anybody's, and asking sends this user's credentials.
        if (WorkTreePath.IsWindows(cwd) != files.UsesWindowsPaths || WorkTreePath.IsShare(cwd) || !NativePath.IsRooted(cwd))
        {
            return null;
        }

        for (var folder = NativePath.Normalize(cwd); folder is not null; folder = NativePath.Parent(folder))
        {
            var git = NativePath.Join(folder, ".git");
            if (files.IsFolder(git))
            {
                return (folder, git);
            }

            if (files.ReadText(git) is { } text && Line(text, "gitdir:") is { } target && !WorkTreePath.IsShare(target))
            {
                return (folder, NativePath.Resolve(folder, target));
            }
        }

        return null;
    }

    // A linked work tree's folder is <common>/worktrees/<name>, and says so in its file commondir, unless that is gone.
    private static string CommonFolder(string gitFolder, IProjectFiles files)
    {
        if (files.ReadText(NativePath.Join(gitFolder, "commondir"))?.Trim() is { Length: > 0 } common && !WorkTreePath.IsShare(common))
        {
            return NativePath.Resolve(gitFolder, common);
        }

        var parent = NativePath.Parent(gitFolder);
        return parent is not null && WorkTreePath.LastPart(parent) == "worktrees" && NativePath.Parent(parent) is { } inferred ? inferred : gitFolder;
    }

    private static string MainWorkTree(string common) =>
        WorkTreePath.LastPart(common) is ".git" or ".bare" && NativePath.Parent(common) is { } parent ? parent : common;

    private static string? FolderName(string folder) =>
        WorkTreePath.LastPart(folder) is { } name && name.EndsWith(".git", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : WorkTreePath.LastPart(folder);

    private static string? Line(string text, string key)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(key, StringComparison.Ordinal) && line[key.Length..].Trim() is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}

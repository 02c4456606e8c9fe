using System.Text.Json;
using System.Text.RegularExpressions;

namespace CogCommit.Core.Query;

/// <summary>
/// A file pattern against the paths of a commit, which are relative to the work tree with <c>/</c>, or as the agent wrote them where they
/// lie outside of it or no work tree was known.
/// </summary>
internal static partial class FileConditions
{
    private const string Files = """
        (select value from json_each(case when json_valid(c.files_changed) then c.files_changed else '[]' end)
         union all select value from json_each(case when json_valid(c.files_read) then c.files_read else '[]' end)) file
        """;

    public static Conditions AddFiles(this Conditions conditions, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0)
        {
            return conditions;
        }

        var (asWritten, inWorkTree, inProject) = Globs(patterns);
        // A relative path becomes an absolute one by the project's folder here; where that is another one (another machine, a linked
        // work tree), by the part of the pattern that begins with the project's name.
        return conditions.Add($"""
            exists (select 1 from {Files} where
              exists (select 1 from json_each($files) pattern where replace(file.value, '\', '/') glob pattern.value)
              or exists (select 1 from json_each($filesInWorkTree) pattern join projects p on p.name = c.project_name
                         where replace(p.local_path, '\', '/') || '/' || file.value glob pattern.value)
              or exists (select 1 from json_each($filesInProject) pattern where c.project_name || '/' || file.value glob pattern.value))
            """,
            ("$files", JsonSerializer.Serialize(asWritten)),
            ("$filesInWorkTree", JsonSerializer.Serialize(inWorkTree)),
            ("$filesInProject", JsonSerializer.Serialize(inProject)));
    }

    private static (List<string> AsWritten, List<string> InWorkTree, List<string> InProject) Globs(IReadOnlyList<string> patterns)
    {
        List<string> asWritten = [], inWorkTree = [], inProject = [];
        foreach (var pattern in patterns)
        {
            var path = pattern.Replace('\\', '/');
            path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
            asWritten.Add(Wildcard.ToGlob(path));
            if (!Rooted().IsMatch(path))
            {
                asWritten.Add("*/" + Wildcard.ToGlob(path));
                continue;
            }

            inWorkTree.Add(Wildcard.ToGlob(path));
            var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < parts.Length - 1; i++)
            {
                inProject.Add(Wildcard.ToGlob(string.Join('/', parts[i..])));
            }
        }

        return (asWritten, inWorkTree, inProject);
    }

    [GeneratedRegex("^(/|[A-Za-z]:)")]
    private static partial Regex Rooted();
}

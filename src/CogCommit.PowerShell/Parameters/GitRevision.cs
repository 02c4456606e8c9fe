using System.ComponentModel;
using System.Diagnostics;
using CogCommit.Core;

namespace CogCommit.PowerShell.Parameters;

/// <summary>From what users call a git commit to its hash: hashes stand for themselves, the rest git knows.</summary>
internal static class GitRevision
{
    /// <summary>The hash of <paramref name="revision"/>, or itself when it is one (7 to 64 hex digits).</summary>
    /// <param name="revision">A hash, <c>HEAD</c>, <c>main~2</c>, a tag, ...</param>
    /// <param name="folder">Where git is asked.</param>
    /// <exception cref="CogCommitException">GitNotFound, UnknownGitRevision.</exception>
    internal static string Resolve(string revision, string folder)
    {
        if (revision.Length is >= 7 and <= 64 && revision.All(char.IsAsciiHexDigit))
        {
            return revision;
        }
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // --end-of-options: a revision that begins with a dash is no option.
        foreach (var argument in new[] { "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}" })
        {
            start.ArgumentList.Add(argument);
        }
        try
        {
            using var git = Process.Start(start)!;
            git.StandardInput.Close();
            var complaint = git.StandardError.ReadToEndAsync();
            var hash = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            if (git.ExitCode == 0 && hash.Length > 0)
            {
                return hash;
            }
            var why = complaint.GetAwaiter().GetResult().Trim();
            throw new CogCommitException(
                "UnknownGitRevision",
                $"git knows no commit '{revision}' in {folder}{(why.Length == 0 ? "." : why[^1] is '.' or '!' or '?' ? $": {why}" : $": {why}.")} Give a hash of 7 or more digits, or go to the work tree that has it.",
                ErrorKind.NotFound);
        }
        catch (Win32Exception absent)
        {
            throw new CogCommitException(
                "GitNotFound",
                $"'{revision}' is no hash, and git, which could say what it means, is not on the path. Give a hash of 7 or more digits.",
                ErrorKind.Unavailable,
                absent);
        }
    }
}

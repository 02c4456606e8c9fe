using System.Text.RegularExpressions;

namespace CogCommit.Core.Capture.Shell;

/// <summary>A command by which git makes commits (rule 5).</summary>
/// <param name="Verb">commit, revert, cherry-pick, merge, am or rebase.</param>
/// <param name="Amends">It replaces the commit before it.</param>
internal readonly partial record struct GitRun(string Verb, bool Amends)
{
    private static readonly HashSet<string> Verbs = ["commit", "revert", "cherry-pick", "merge", "am", "rebase"];

    private static readonly HashSet<string> OptionsWithArgument =
        ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--super-prefix", "--config-env", "--attr-source"];

    private static readonly HashSet<string> Keywords =
        ["if", "then", "elif", "else", "while", "until", "do", "!", "{", "}", "time", "coproc"];

    /// <summary>Programs that run the command behind them: their options that take an argument, and how many arguments come first.</summary>
    private static readonly Dictionary<string, (HashSet<string> OptionsWithArgument, int Arguments)> Runners = new()
    {
        ["sudo"] = (["-u", "-g", "-h", "-p", "-C", "-T", "-r", "-t", "-U", "-D", "-R"], 0),
        ["doas"] = (["-u", "-C"], 0),
        ["env"] = (["-u", "-C"], 0),
        ["command"] = ([], 0),
        ["builtin"] = ([], 0),
        ["exec"] = (["-a"], 0),
        ["nohup"] = ([], 0),
        ["setsid"] = ([], 0),
        ["nice"] = (["-n"], 0),
        ["ionice"] = (["-c", "-n"], 0),
        ["stdbuf"] = (["-i", "-o", "-e"], 0),
        ["timeout"] = (["-k", "-s"], 1),
        ["gtimeout"] = (["-k", "-s"], 1),
        ["flock"] = (["-w", "-E"], 1),
        ["xargs"] = (["-I", "-n", "-P", "-d", "-L", "-a", "-s", "-E"], 0),
        ["chronic"] = ([], 0),
        ["unbuffer"] = ([], 0),
        ["winpty"] = ([], 0),
    };

    /// <summary>The run that the words of one simple command are, or null.</summary>
    public static GitRun? Of(IReadOnlyList<string> words)
    {
        var at = Program(words);
        if (at >= words.Count || Name(words[at]) != "git")
        {
            return null;
        }

        at = PassOptions(words, at + 1, OptionsWithArgument);
        if (at >= words.Count || !Verbs.Contains(words[at]))
        {
            return null;
        }

        var verb = words[at];
        return new GitRun(verb, verb == "commit" && words.Skip(at + 1).TakeWhile(word => word != "--").Any(IsAmend));
    }

    private static int Program(IReadOnlyList<string> words)
    {
        var at = 0;
        while (at < words.Count)
        {
            if (Keywords.Contains(words[at]) || Assignment().IsMatch(words[at]))
            {
                at++;
            }
            else if (Runners.TryGetValue(Name(words[at]), out var runner) && !OnlyLooksUp(words, at))
            {
                at = PassOptions(words, at + 1, runner.OptionsWithArgument);
                while (at < words.Count && Assignment().IsMatch(words[at]))
                {
                    at++;
                }

                at += runner.Arguments;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static int PassOptions(IReadOnlyList<string> words, int at, HashSet<string> withArgument)
    {
        while (at < words.Count && words[at].StartsWith('-'))
        {
            at += withArgument.Contains(words[at]) ? 2 : 1;
        }

        return at;
    }

    // `command -v git` prints where git lies.
    private static bool OnlyLooksUp(IReadOnlyList<string> words, int at) =>
        words[at] == "command" && at + 1 < words.Count && words[at + 1] is "-v" or "-V";

    private static string Name(string word)
    {
        var name = word[(word.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4].ToLowerInvariant() : name;
    }

    // git takes an option by any beginning that means only one.
    private static bool IsAmend(string word) => word.Length >= 4 && "--amend".StartsWith(word, StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\+?=")]
    private static partial Regex Assignment();
}

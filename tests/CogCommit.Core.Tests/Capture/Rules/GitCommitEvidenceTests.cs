using System.Text.Json;
using CogCommit.Core.Capture;
using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Capture.Shell;
using CsCheck;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rule 5.</summary>
public class GitCommitEvidenceTests
{
    private static IReadOnlyList<GitRun> Runs(string command, string tool = "Bash") =>
        GitCommitEvidence.Runs(tool, JsonSerializer.Serialize(new { command }));

    [Theory]
    [InlineData("git commit -m x")]
    [InlineData("git revert HEAD")]
    [InlineData("git cherry-pick abc")]
    [InlineData("git merge --no-ff topic")]
    [InlineData("git am < p.patch")]
    [InlineData("git rebase -i main")]
    [InlineData("git -C dir -c user.name='A B' --no-pager commit -m x")]
    [InlineData("git -C \"$(git rev-parse --show-toplevel)\" commit")]
    [InlineData("git --git-dir=/x/.git --work-tree /x commit")]
    [InlineData("git \\\n  commit -m x")]
    [InlineData("git add . && git commit -m \"it's done\" && git push")]
    [InlineData("cd x; git commit -m x")]
    [InlineData("cd x\ngit commit -m x")]
    [InlineData("cd x\r\ngit commit -m x\r\n")]
    [InlineData("(cd x && git commit -m x)")]
    [InlineData("{ git commit -m x; }")]
    [InlineData("if git diff --quiet; then echo no; else git commit -m x; fi")]
    [InlineData("for f in *; do git commit -m \"$f\" \"$f\"; done")]
    [InlineData("! git commit -m x")]
    [InlineData("echo x | git commit -F -")]
    [InlineData("out=$(git commit -m x 2>&1); echo \"$out\"")]
    [InlineData("echo \"$(git commit -m x)\"")]
    [InlineData("echo `git commit -m x`")]
    [InlineData("GIT_AUTHOR_DATE='2026-01-01 10:00' GIT_EDITOR=true git commit")]
    [InlineData("sudo -u deploy git commit -m x")]
    [InlineData("env -u HOME GIT_EDITOR=true git rebase --continue")]
    [InlineData("command git commit -m x")]
    [InlineData("timeout -k 5 60 git commit -m x")]
    [InlineData("time git commit -m x")]
    [InlineData("/usr/bin/git commit -m x")]
    [InlineData("git.exe commit -m x")]
    [InlineData("git 2>/dev/null commit -m x")]
    [InlineData("git commit -m x >/dev/null 2>&1 &")]
    [InlineData("cat > msg <<EOF\nhello\nEOF\ngit commit -F msg")]
    [InlineData("cat <<-'EOF' > msg\n\tgit push\n\tEOF\ngit commit -F msg")]
    [InlineData("cat <<EOF | git commit -F -\nsubject\nEOF")]
    [InlineData("git commit -F - <<'END'\nit's \"a\" subject\nEND")]
    [InlineData("git add . && git commit -m \"$(cat <<'EOF'\nfeat: it's (a \"b\" `c` $(d\n\ngit commit\nEOF\n)\" && git push 2>&1")]
    [InlineData("git commit -m \"$(cat <<EOF\nx\nEOF)\"")]
    [InlineData("echo $((1 << 2)) && git commit -m x")]
    [InlineData("cat <<< \"x\" && git commit -m x")]
    [InlineData("diff <(git show a) <(git show b); git commit -m x")]
    [InlineData("# it's time\ngit commit -m x")]
    [InlineData("case $x in a) git commit -m x;; esac")]
    [InlineData("msg=${1:-\"}\"}; git commit -m x")]
    public void It_runs_git(string command) => Assert.Single(Runs(command));

    [Theory]
    [InlineData("git status")]
    [InlineData("git log --grep commit")]
    [InlineData("git commit-tree HEAD^{tree}")]
    [InlineData("git -C commit status")]
    [InlineData("echo git commit")]
    [InlineData("echo \"git commit -m x\"")]
    [InlineData("echo 'a; git commit -m x'")]
    [InlineData("grep -r \"&& git commit\" .")]
    [InlineData("# git commit -m x")]
    [InlineData("ls # ; git commit")]
    [InlineData("cat <<EOF\ngit commit -m x\nEOF")]
    [InlineData("cat <<-EOF\n\tgit commit -m x\n\tEOF\nls")]
    [InlineData("cat <<'A' <<\"B\"\ngit commit\nA\ngit commit\nB\nls")]
    [InlineData("cat <<EOF\ngit commit -m x")]
    [InlineData("gh pr create --body \"$(cat <<'EOF'\n## Done\ngit commit -m x\nEOF\n)\"")]
    [InlineData("command -v git commit")]
    [InlineData("sh -c 'git commit -m x'")]
    [InlineData("digit commit")]
    [InlineData("git")]
    [InlineData("")]
    public void It_does_not_run_git(string command) => Assert.Empty(Runs(command));

    [Theory]
    [InlineData("git commit --amend --no-edit", true)]
    [InlineData("git commit -a --am", true)]
    [InlineData("git commit -m 'no --amend'", false)]
    [InlineData("git commit -m x -- --amend", false)]
    [InlineData("git commit -m \"$(cat <<'EOF'\n--amend\nEOF\n)\"", false)]
    [InlineData("git commit -a", false)]
    public void It_amends(string command, bool amends) => Assert.Equal([new GitRun("commit", amends)], Runs(command));

    [Fact]
    public void Several_runs_are_told_in_order() => Assert.Equal(
        [new GitRun("commit", false), new GitRun("commit", true), new GitRun("cherry-pick", false)],
        Runs("git commit -m a && git commit --amend -m b; git cherry-pick c"));

    [Theory]
    [InlineData("& 'C:\\Program Files\\Git\\bin\\git.exe' commit -m x", true)]
    [InlineData("git add .; if ($?) { git commit -m \"a `\"b`\" \"\"c\"\" $(x)\" }", true)]
    [InlineData("git commit -m @'\nit's\n'@", true)]
    [InlineData("git `\n commit -m x", true)]
    [InlineData("Write-Output @\"\ngit commit\n\"@", false)]
    [InlineData("<# git commit #> git status", false)]
    [InlineData("Write-Output 'it''s; git commit'", false)]
    public void In_PowerShell_too(string command, bool runs) => Assert.Equal(runs, Runs(command, "PowerShell").Count == 1);

    [Fact]
    public void Other_tools_run_nothing() => Assert.Empty(Runs("git commit -m x", "Task"));

    [Theory]
    [InlineData("[main 99b497c] feat: x", "main", false, "99b497c", "feat: x")]
    [InlineData("[main (root-commit) 99b497c] first", "main", true, "99b497c", "first")]
    [InlineData("[detached HEAD 1234567] x", "detached HEAD", false, "1234567", "x")]
    [InlineData("[HEAD détachée 1234567] x", "HEAD détachée", false, "1234567", "x")]
    [InlineData("[détachée/ünï-🚀 (commit racine) 1234567] x", "détachée/ünï-🚀", true, "1234567", "x")]
    [InlineData("[feat/a#b@c{d}]e,(f) abcdef0123] x [y 1234567] z", "feat/a#b@c{d}]e,(f)", false, "abcdef0123", "x [y 1234567] z")]
    [InlineData("[main 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef] sha256", "main", false, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "sha256")]
    [InlineData("[main 1234567] Revert \"x]\"", "main", false, "1234567", "Revert \"x]\"")]
    [InlineData("[main 1234567]", "main", false, "1234567", "")]
    [InlineData("[main 1234567] x\r", "main", false, "1234567", "x")]
    public void A_line_proves_a_commit(string line, string branch, bool isRoot, string hash, string subject) =>
        Assert.Equal([new CommitLine(branch, isRoot, hash, subject)], GitCommitEvidence.Lines($"Exit code 1\nhook: ok\n{line}\n 1 file changed"));

    [Theory]
    [InlineData(" [main 1234567] indented")]
    [InlineData("> [main 1234567] quoted")]
    [InlineData("[main 123456] short")]
    [InlineData("[main 123456g] no hex")]
    [InlineData("[main 01234567890123456789012345678901234567890123456789012345678901234] 65 digits")]
    [InlineData("[1234567] no branch")]
    [InlineData("[two words 1234567] x")]
    [InlineData("[a:b 1234567] x")]
    [InlineData("[main 1234567]x")]
    [InlineData("[main 1234567 x")]
    [InlineData("[")]
    [InlineData("")]
    public void Other_lines_prove_nothing(string line) => Assert.Empty(GitCommitEvidence.Lines(line));

    [Fact]
    public void Several_commits_are_told_in_order() => Assert.Equal(
        ["1111111", "2222222"],
        GitCommitEvidence.Lines("[a 1111111] x\n 1 file changed\n[a 2222222] y").Select(line => line.Hash));

    [Theory]
    [InlineData("TaskOutput", """{"task_id":"b1","block":true}""", "b1")]
    [InlineData("BashOutput", """{"bash_id":"bash_1"}""", "bash_1")]
    [InlineData("Read", """{"file_path":"/tmp/claude-1000/-p/tasks/b1.output"}""", "b1")]
    [InlineData("Read", """{"file_path":"/src/tasks.output"}""", null)]
    [InlineData("Bash", """{"command":"tail -5 /tmp/claude-1000/-p/tasks/b1.output"}""", "b1")]
    [InlineData("Read", """{"file_path":"C:\\Temp\\claude\\tasks\\b1.output"}""", "b1")]
    [InlineData("Bash", """{"command":"ls"}""", null)]
    public void A_background_calls_output_is_fetched_by_its_id(string tool, string input, string? id) =>
        Assert.Equal(id, ShellTools.Fetches(tool, input));

    [Fact]
    public void No_script_and_no_output_is_too_strange()
    {
        string[] pieces = ["git", " ", "commit", "'", "\"", "$(", ")", "(", "((", "`", "<<EOF", "<<-", "<<", "\n", "EOF", "\\", "${", "}", "$'", "#", ">", "&", ";", "[main 1234567] ", "]", "[", "@'", "é\ud800"];
        Gen.Int[0, pieces.Length - 1].Array[0, 30].Sample(parts =>
        {
            var text = string.Concat(parts.Select(part => pieces[part]));
            _ = PosixCommands.In(text);
            _ = PowerShellCommands.In(text);
            _ = GitCommitEvidence.Lines(text);
        });
        _ = PosixCommands.In(string.Concat(Enumerable.Repeat("$(", 100_000)));
        _ = PosixCommands.In(string.Concat(Enumerable.Repeat("`\"", 100_000)));
        _ = PosixCommands.In(string.Concat(Enumerable.Repeat("<(", 100_000)));
    }
}

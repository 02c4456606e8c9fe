namespace CogCommit.PowerShell.Tests.Completion;

public sealed class NameCompletionTests(NamedHistory engine) : IClassFixture<NamedHistory>
{
    [Theory]
    [InlineData("Get-CogCommit -Project ", "'42'", "'ann''s boat'", "lighthouse", "'list`[1`] of 2'")]
    [InlineData("Get-CogCommit -Project li", "lighthouse", "'list`[1`] of 2'")]
    [InlineData("Get-CogCommit -Project LIG", "lighthouse")]
    [InlineData("Get-CogCommit -Project 'li", "'lighthouse'", "'list`[1`] of 2'")]
    [InlineData("Get-CogCommit -Project \"li", "\"lighthouse\"", "\"list``[1``] of 2\"")]
    [InlineData("Get-CogCommit -Project \"ann", "\"ann's boat\"")]
    [InlineData("Get-CogCommit -Project 'ann''", "'ann''s boat'")]
    [InlineData("Get-CogCommit -Project *house", "lighthouse")]
    [InlineData("Get-CogCommit -Project 'list`[", "'list`[1`] of 2'")]
    [InlineData("Get-CogCommit -Project list[", "'list`[1`] of 2'")]
    [InlineData("Get-CogCommit -Project lighthouse, ann", "'ann''s boat'")]
    [InlineData("Get-CogCommit -Project nothing")]
    [InlineData("Measure-CogCommit lig", "lighthouse")]
    [InlineData("Search-CogCommit boat -Project lig", "lighthouse")]
    [InlineData("Export-CogCommit -Project lig", "lighthouse")]
    [InlineData("Push-CogCommit -Project lig", "lighthouse")]
    [InlineData("Remove-CogCommit -Before 1y -Project lig", "lighthouse")]
    [InlineData("Import-CogCommit -Project lig", "lighthouse")]
    [InlineData("Set-CogCommit -Project list", "'list[1] of 2'")]
    [InlineData("Close-CogCommit list", "'list[1] of 2'")]
    [InlineData("Set-CogCommitConfig exclude-projects li", "lighthouse", "'list`[1`] of 2'")]
    public void Projects(string line, params string[] texts) => Assert.Equal(texts, engine.Texts(line));

    [Theory]
    [InlineData("Get-CogCommit -Branch ", "main", "'fix/$cash'", "feature/crane")]
    [InlineData("Get-CogCommit -Branch f", "'fix/$cash'", "feature/crane")]
    [InlineData("Get-CogCommit -Branch \"fi", "\"fix/`$cash\"")]
    [InlineData("Get-CogCommit -Project lighthouse -Branch ", "main")]
    [InlineData("Get-CogCommit -Project l* -Branch ", "'fix/$cash'", "main")]
    [InlineData("Get-CogCommit -Project 'ann''s boat', 42 -Branch ", "main", "feature/crane")]
    [InlineData("Export-CogCommit -Branch fe", "feature/crane")]
    [InlineData("Search-CogCommit boat -Branch fe", "feature/crane")]
    public void Branches_the_one_worked_on_last_first(string line, params string[] texts) => Assert.Equal(texts, engine.Texts(line));

    [Theory]
    [InlineData("Get-CogCommit -File ", "'src/my lamp.ts'", "src/upload.ts")]
    [InlineData("Get-CogCommit -File src/u", "src/upload.ts")]
    [InlineData("Get-CogCommit -File src\\u", "src/upload.ts")]
    [InlineData("Get-CogCommit -File upl", "src/upload.ts")]
    [InlineData("Get-CogCommit -File \"my", "\"src/my lamp.ts\"")]
    [InlineData("Export-CogCommit -Project lighthouse -File upl", "src/upload.ts")]
    [InlineData("Get-CogCommit -Project 42 -File ")]
    public void Files_by_their_path_or_their_name(string line, params string[] texts) => Assert.Equal(texts, engine.Texts(line));

    [Theory]
    [InlineData("Search-CogCommit boat -Tool ", "Bash", "Edit", "Grep", "Read")]
    [InlineData("Search-CogCommit boat -Tool e", "Edit")]
    [InlineData("Search-CogCommit boat -Project 'ann''s boat' -Tool ", "Grep")]
    [InlineData("Get-CogCommitTurn -Tool b", "Bash")]
    [InlineData("Get-CogCommitSession -Tool b", "Bash")]
    public void Tools(string line, params string[] texts) => Assert.Equal(texts, engine.Texts(line));

    [Theory]
    [InlineData("Get-CogCommit -GitHash ", "aaaa1111bbbb")]
    [InlineData("Export-CogCommit -GitHash aaaa", "aaaa1111bbbb")]
    [InlineData("Get-CogCommit -Project 42 -GitHash ")]
    [InlineData("Get-CogCommit -Source ", "claude_code")]
    [InlineData("Export-CogCommit -Source cl", "claude_code")]
    [InlineData("Search-CogCommit boat -Source c", "claude_code")]
    [InlineData("Get-CogCommit -ClosedBy g", "git_commit")]
    [InlineData("Test-CogCommit St", "Store")]
    public void Hashes_and_words(string line, params string[] texts) => Assert.Equal(texts, engine.Texts(line));

    [Theory]
    [InlineData("Set-CogCommitConfig s", "storage", "sync-debounce", "sync-max-wait", "session-idle", "supabase-url", "supabase-anon-key")]
    [InlineData("Set-CogCommitConfig 'sto", "'storage'")]
    [InlineData("Set-CogCommitConfig storage ", "local", "cloud")]
    [InlineData("Set-CogCommitConfig -Value c -Key stor", "storage")]
    [InlineData("Set-CogCommitConfig -Key storage -Value 'c", "'cloud'")]
    [InlineData("Set-CogCommitConfig continuous-sync ", "$true", "$false")]
    [InlineData("Set-CogCommitConfig analytics-opt-in t", "$true")]
    [InlineData("Set-CogCommitConfig supabase-url ")]
    [InlineData("Set-CogCommitConfig colour ")]
    public void Settings_and_their_values(string line, params string[] texts) => Assert.Equal(texts, engine.Texts(line));

    [Fact]
    public void What_is_completed_means_just_that()
    {
        foreach (var (parameter, count) in new[] { ("Project", 4), ("Branch", 3), ("File", 2) })
        {
            var texts = engine.Texts($"Get-CogCommit -{parameter} ").ToList();
            Assert.Equal(count, texts.Count);
            Assert.All(texts, text => Assert.NotEmpty(engine.Run($"Get-CogCommit -{parameter} {text}").Fine().Output));
        }
    }
}

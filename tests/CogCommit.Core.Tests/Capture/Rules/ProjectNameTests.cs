using CogCommit.Core.Capture.Project;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rule 10.</summary>
public class ProjectNameTests
{
    private const string Origin = "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@github.com:acme/spotter.git\n";

    private sealed class Files(bool windows, params (string Path, string Text)[] files) : IProjectFiles
    {
        public bool UsesWindowsPaths => windows;

        public List<string> Asked { get; } = [];

        public bool IsFolder(string path)
        {
            Asked.Add(path);
            var separator = windows ? '\\' : '/';
            return files.Any(file => file.Path.StartsWith(path + separator, StringComparison.Ordinal));
        }

        public string? ReadText(string path)
        {
            Asked.Add(path);
            return files.FirstOrDefault(file => file.Path == path).Text;
        }
    }

    [Fact]
    public void The_remote_of_the_work_tree_gives_the_name()
    {
        var guess = ProjectName.Of("/src/x/deep/er", new Files(false, ("/src/x/.git/config", Origin)));

        Assert.Equal(new ProjectGuess("spotter", "git@github.com:acme/spotter.git", "/src/x"), guess);
    }

    [Fact]
    public void Without_a_remote_it_is_the_folder_of_the_work_tree() =>
        Assert.Equal(new ProjectGuess("x", null, "/src/x"), ProjectName.Of("/src/x/deep", new Files(false, ("/src/x/.git/HEAD", ""))));

    [Fact]
    public void Without_git_it_is_the_last_part() =>
        Assert.Equal(new ProjectGuess("deep", null, "/src/x/deep"), ProjectName.Of("/src/x/deep", new Files(false)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(@"C:\")]
    public void Without_a_folder_there_is_no_name(string? cwd) => Assert.Null(ProjectName.Of(cwd, new Files(false)).Name);

    [Theory]
    [InlineData("gitdir: /src/x/.git/worktrees/w\n")]
    [InlineData("gitdir: ../../x/.git/worktrees/w")]
    public void A_linked_work_tree_follows_gitdir_to_the_main_one(string gitFile)
    {
        var files = new Files(false, ("/src/trees/w/.git", gitFile), ("/src/x/.git/worktrees/w/commondir", "../..\n"), ("/src/x/.git/config", ""));

        Assert.Equal(new ProjectGuess("x", null, "/src/x"), ProjectName.Of("/src/trees/w/sub", files));
    }

    [Fact]
    public void A_linked_work_tree_whose_main_one_is_gone_has_its_name_still() =>
        Assert.Equal("x", ProjectName.Of("/w", new Files(false, ("/w/.git", "gitdir: /src/x/.git/worktrees/w"))).Name);

    [Fact]
    public void A_linked_work_tree_of_a_bare_repository_has_its_name()
    {
        Assert.Equal("x", ProjectName.Of("/w", new Files(false, ("/w/.git", "gitdir: /srv/x.git/worktrees/w"))).Name);
        Assert.Equal("y", ProjectName.Of("/w", new Files(false, ("/w/.git", "gitdir: /srv/y/.bare/worktrees/w"))).Name);
    }

    [Fact]
    public void A_submodule_is_its_own_project()
    {
        var files = new Files(false, ("/src/x/lib/.git", "gitdir: ../.git/modules/lib"), ("/src/x/.git/modules/lib/config", "[core]\n"), ("/src/x/.git/config", Origin));

        Assert.Equal(new ProjectGuess("lib", null, "/src/x/lib"), ProjectName.Of("/src/x/lib", files));
    }

    [Fact]
    public void A_removed_work_tree_inside_the_main_one_is_the_main_ones() =>
        Assert.Equal("spotter", ProjectName.Of("/src/x/.claude/worktrees/gone", new Files(false, ("/src/x/.git/config", Origin))).Name);

    [Fact]
    public void On_windows_too()
    {
        var files = new Files(true, (@"C:\trees\w\.git", "gitdir: C:/src/x/.git/worktrees/w\r\n"), (@"C:\src\x\.git\worktrees\w\commondir", "../..\r\n"), (@"C:\src\x\.git\config", Origin.Replace("\n", "\r\n", StringComparison.Ordinal)));

        Assert.Equal(new ProjectGuess("spotter", "git@github.com:acme/spotter.git", @"C:\src\x"), ProjectName.Of(@"C:\trees\w\sub", files));
    }

    [Theory]
    [InlineData(@"C:\src\my.app", false, "my.app")]
    [InlineData("/home/u/app", true, "app")]
    [InlineData(@"\\server\share\app", true, "app")]
    [InlineData("relative/app", false, "app")]
    public void A_path_that_is_not_of_this_machine_is_not_looked_up(string cwd, bool windows, string name)
    {
        var files = new Files(windows);

        Assert.Equal(name, ProjectName.Of(cwd, files).Name);
        Assert.Empty(files.Asked);
    }

    [Theory]
    [InlineData("https://github.com/acme/spotter.git", "spotter")]
    [InlineData("https://github.com/acme/spotter/", "spotter")]
    [InlineData("https://user:token@dev.azure.com/acme/My%20App/_git/my%20repo?x=1", "my repo")]
    [InlineData("git@github.com:acme/spotter.git", "spotter")]
    [InlineData("host:spotter.git", "spotter")]
    [InlineData("ssh://git@host:2222/acme/spotter.git", "spotter")]
    [InlineData("file:///srv/git/spotter.git", "spotter")]
    [InlineData("/srv/spotter/.git", "spotter")]
    [InlineData("../spotter", "spotter")]
    [InlineData(@"C:\git\spotter.git", "spotter")]
    [InlineData("/srv/odd:name", "odd:name")]
    [InlineData("https://github.com/acme/.github", ".github")]
    [InlineData("https://github.com", null)]
    [InlineData("..", null)]
    public void The_last_part_of_a_remote_is_the_name(string url, string? name) => Assert.Equal(name, RemoteUrl.Name(url));

    [Theory]
    [InlineData("https://user:secret@github.com/a/b.git", "https://github.com/a/b.git")]
    [InlineData("https://ghp_secret@github.com/a/b.git", "https://github.com/a/b.git")]
    [InlineData("https://u:p@ss@host/a/b", "https://host/a/b")]
    [InlineData("ssh://git:secret@host/a/b.git", "ssh://git@host/a/b.git")]
    [InlineData("git@github.com:a/b.git", "git@github.com:a/b.git")]
    [InlineData("https://host/a/b@c", "https://host/a/b@c")]
    [InlineData("/srv/b.git", "/srv/b.git")]
    public void A_secret_in_a_remote_goes_no_further(string url, string kept) => Assert.Equal(kept, RemoteUrl.WithoutSecrets(url));

    [Theory]
    [InlineData("[remote \"up\"]\nurl = a\n[remote \"origin\"]\n url=b # c\n", "b")]
    [InlineData("[remote \"up\"]\nurl = a\n[branch \"x\"]\nurl = z\n", "a")]
    [InlineData("[Remote \"origin\"] ; x\n\tURL = \"a b;c\" # d\n", "a b;c")]
    [InlineData("[remote \"origin\"]\n\turl = C:\\\\git\\\\x\n", @"C:\git\x")]
    [InlineData("[remote \"origin\"]\n\tpushurl = a\n\turl =\n", null)]
    [InlineData("", null)]
    public void Origin_counts_else_the_first_remote(string config, string? url) => Assert.Equal(url, GitConfig.RemoteUrl(config));
}

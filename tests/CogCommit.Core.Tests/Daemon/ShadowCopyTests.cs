using CogCommit.Core.Daemon;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Daemon;

/// <summary>The copy of the module that a daemon runs from.</summary>
public sealed class ShadowCopyTests : IDisposable
{
    private static readonly string[] Assemblies = ["CogCommit.Model.dll", "CogCommit.PowerShell.dll", "dependencies/CogCommit.Core.dll", "dependencies/runtimes/linux-x64/native/libe_sqlite3.so"];
    private readonly TempHome _temp = new();
    private readonly DaemonPaths _paths;
    private readonly string _module;

    public ShadowCopyTests()
    {
        _paths = new DaemonPaths(_temp.Home);
        _module = Path.Combine(_temp.Folder, "module");
        foreach (var file in Assemblies.Append("CogCommit.psd1").Append("CogCommit.Model.pdb").Append("en-US/help.xml"))
        {
            Put(file, $"{file} of one version");
        }
    }

    [Fact]
    public void It_has_the_assemblies_and_nothing_else()
    {
        var copy = ShadowCopy.Make(_paths, _module, "0.1.0");

        Assert.Matches(@"^0\.1\.0-[0-9a-f]{12}$", Path.GetFileName(copy));
        Assert.Equal(_paths.Copies, Path.GetDirectoryName(copy));
        Assert.Equal(Assemblies, Files(copy));
        Assert.Equal("dependencies/CogCommit.Core.dll of one version", File.ReadAllText(Path.Combine(copy, "dependencies", "CogCommit.Core.dll")));
    }

    [Fact]
    public void Another_content_of_the_same_version_is_another_copy()
    {
        var before = ShadowCopy.Make(_paths, _module, "0.1.0");
        Put(Assemblies[2], "dependencies/CogCommit.Core.dll of two version");

        var after = ShadowCopy.Make(_paths, _module, "0.1.0");

        Assert.NotEqual(before, after);
        Assert.Equal(Assemblies, Files(before));
    }

    [Fact]
    public void It_is_made_once_and_what_is_missing_or_cut_short_is_mended()
    {
        var copy = ShadowCopy.Make(_paths, _module, "0.1.0");
        var whole = Path.Combine(copy, Assemblies[0]);
        var then = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(whole, then);
        File.Delete(Path.Combine(copy, Assemblies[1]));
        File.WriteAllText(Path.Combine(copy, Assemblies[2]), "cut");

        Assert.Equal(copy, ShadowCopy.Make(_paths, _module, "0.1.0"));

        Assert.Equal(Assemblies, Files(copy));
        Assert.Equal(then, File.GetLastWriteTimeUtc(whole), TimeSpan.FromSeconds(1));
        Assert.Equal("dependencies/CogCommit.Core.dll of one version", File.ReadAllText(Path.Combine(copy, Assemblies[2])));
    }

    [Fact]
    public async Task Ten_at_once_come_to_the_same()
    {
        var copies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => ShadowCopy.Make(_paths, _module, "0.1.0"))));

        Assert.Equal(Assemblies, Files(Assert.Single(copies.Distinct())));
    }

    [Fact]
    public void Those_that_nobody_runs_from_go_and_other_files_stay()
    {
        var old = ShadowCopy.Make(_paths, _module, "0.0.9");
        var mine = ShadowCopy.Make(_paths, _module, "0.1.0");
        File.WriteAllText(_paths.Launcher, "");

        ShadowCopy.DeleteOthers(_paths, _module);
        Assert.True(Directory.Exists(old));
        ShadowCopy.DeleteOthers(_paths, null);
        Assert.True(Directory.Exists(old));
        ShadowCopy.DeleteOthers(_paths, mine);
        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(mine) && File.Exists(_paths.Launcher));
    }

    [Fact]
    public void A_module_that_cannot_be_read_is_an_error_that_says_what_was_not_done()
    {
        Directory.Delete(Path.Combine(_module, "dependencies"), recursive: true);
        var error = Assert.Throws<CogCommitException>(() => ShadowCopy.Make(_paths, _module, "0.1.0"));
        Assert.Equal("ModuleNotCopied", error.ErrorId);
        Assert.Contains("No daemon was started", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    private void Put(string file, string content)
    {
        var path = Path.Combine(_module, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}

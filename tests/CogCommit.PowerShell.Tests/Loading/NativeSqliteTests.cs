using System.Runtime.InteropServices;
using CogCommit.PowerShell.Loading;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Loading;

public class NativeSqliteTests
{
    public static TheoryData<string, Architecture, bool, string> Platforms => new()
    {
        { "win", Architecture.X64, false, "win-x64/native/e_sqlite3.dll" },
        { "win", Architecture.Arm64, false, "win-arm64/native/e_sqlite3.dll" },
        { "linux", Architecture.X64, false, "linux-x64/native/libe_sqlite3.so" },
        { "linux", Architecture.Arm64, false, "linux-arm64/native/libe_sqlite3.so" },
        { "linux", Architecture.X64, true, "linux-musl-x64/native/libe_sqlite3.so" },
        { "linux", Architecture.Arm64, true, "linux-musl-arm64/native/libe_sqlite3.so" },
        { "osx", Architecture.X64, false, "osx-x64/native/libe_sqlite3.dylib" },
        { "osx", Architecture.Arm64, false, "osx-arm64/native/libe_sqlite3.dylib" },
    };

    private static string Runtimes => Path.Combine(RepositoryRoot.Module, "dependencies", "runtimes");

    [Theory]
    [MemberData(nameof(Platforms))]
    public void Each_platform_has_its_library(string system, Architecture architecture, bool musl, string path)
    {
        Assert.Equal(path, $"{NativeSqlite.Rid(system, architecture, musl)}/native/{NativeSqlite.FileName(system)}");
        Assert.True(File.Exists(Path.Combine(Runtimes, path)), path);
    }

    [Fact]
    public void Only_these_eight_are_packed()
    {
        var packed = Directory.EnumerateFiles(Runtimes, "*e_sqlite3*", SearchOption.AllDirectories);

        Assert.Equal(Platforms.Select(row => row.Data.Item4).Order(), packed.Select(path => Path.GetRelativePath(Runtimes, path).Replace('\\', '/')).Order());
    }

    [Fact]
    public void Another_processor_is_told()
    {
        var error = Assert.Throws<PlatformNotSupportedException>(() => NativeSqlite.Rid("linux", Architecture.X86, musl: false));

        Assert.Contains("x64 and arm64", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux-x64", "7f00-7f01 r-xp /usr/lib/x86_64-linux-gnu/libc.so.6", false)]
    [InlineData("linux-musl-x64", "", true)]
    [InlineData("alpine.3.22-arm64", "", true)]
    [InlineData("debian.13-x64", "7f00-7f01 r-xp /lib/ld-musl-x86_64.so.1", true)]
    [InlineData("debian.13-x64", "", false)]
    public void Musl_is_known_by_the_runtime_or_by_what_the_process_has_mapped(string runtimeIdentifier, string maps, bool musl) =>
        Assert.Equal(musl, NativeSqlite.IsMusl(runtimeIdentifier, maps));

    [Fact]
    public void Other_libraries_are_none_of_its_business() => Assert.Null(NativeSqlite.PathOf("libssl", "/nowhere"));
}

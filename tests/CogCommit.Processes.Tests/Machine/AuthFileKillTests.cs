using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;
using CogCommit.Processes.Child.Works;
using CogCommit.Testing;

namespace CogCommit.Processes.Tests.Machine;

/// <summary>auth.json while it is written again and again by a process that masks no rights, and is killed.</summary>
public sealed class AuthFileKillTests
{
    private const int Kills = 10;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task It_is_never_half_written_and_never_for_other_eyes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes, and DPAPI instead.");
        using var home = new TempHome();
        var file = new AuthFile(home.Home, TimeProvider.System);
        var confirmed = -1;
        var seen = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var child = ChildProcess.Start(
                home.Home, 0, ["sh", "-c", "umask 000; exec dotnet \"$0\" \"$@\"", ChildProcess.ProgramPath], "keep", "forever");
            for (var line = 0; line < 3 * kill; line++)
            {
                await child.ReadAsync();
                // The process goes on: whatever lies there at any moment is for its owner alone, and what is read is whole.
                seen += AssertOwnerOnly(home.Home);
                Assert.NotNull(file.Read());
            }

            child.Kill();
            await child.EndAsync();
            confirmed = Math.Max(confirmed, child.Lines.Select(line => int.Parse(line.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)).Max());
            AssertOwnerOnly(home.Home);
            var kept = file.Read()!;
            var number = int.Parse(kept.UserName!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(number, confirmed, confirmed + 1);
            Assert.Equal(KeepWork.Session(number), kept);
        }

        Assert.True(seen > Kills, "No file was ever seen.");
        await ChildProcess.RunAsync(home.Home, "keep");
        Assert.Equal(["auth.json", "auth.json.lock"], Directory.GetFiles(home.Home.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Figures.Record("kills survived while auth.json was written", Kills);
    }

    /// <summary>A file that vanishes while it is looked at was looked at before.</summary>
    private static int AssertOwnerOnly(CogCommitHome home)
    {
        var seen = 0;
        if (OperatingSystem.IsWindows())
        {
            return seen;
        }

        for (var look = 0; look < 50; look++)
        {
            foreach (var path in Directory.GetFiles(home.Root, "auth.json*"))
            {
                try
                {
                    Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
                    seen++;
                }
                catch (FileNotFoundException)
                {
                    // It was put in its place meanwhile.
                }
            }
        }

        return seen;
    }
}

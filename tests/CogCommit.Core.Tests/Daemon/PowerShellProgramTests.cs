using CogCommit.Core.Daemon;

namespace CogCommit.Core.Tests.Daemon;

/// <summary>Which PowerShell a daemon is.</summary>
public sealed class PowerShellProgramTests
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    [Theory]
    [InlineData("/opt/pwsh/pwsh", null, "/opt/pwsh/pwsh", "")]
    [InlineData("/home/a/.dotnet/tools/pwsh", "/home/a/.dotnet/tools/.store/pwsh.dll", "/home/a/.dotnet/tools/pwsh", "")]
    [InlineData("/usr/bin/dotnet", "/opt/pwsh/pwsh.dll", "/usr/bin/dotnet", "/opt/pwsh/pwsh.dll")]
    public void The_one_that_runs_is_taken_as_it_was_started(string running, string? first, string path, string before)
    {
        var found = PowerShellProgram.Find(running, first, "/psHome", ["/bin"], _ => true);
        Assert.Equal((path, before), (found.Path, string.Join(' ', found.Before.Select(one => OperatingSystem.IsWindows() ? one[2..].Replace('\\', '/') : one))));
    }

    [Theory]
    [InlineData("/opt/editor/host", "/home", "/bin", 0)]
    [InlineData("/opt/editor/host", null, "/bin", 1)]
    [InlineData("/usr/bin/dotnet", "/home", "/bin", 1)]
    [InlineData(null, null, "/bin", 2)]
    public void In_another_host_it_is_the_one_beside_the_engine_else_the_first_on_PATH(string? running, string? psHome, string bin, int which)
    {
        string[] there = [Path.Combine("/home", Name), Path.Combine(bin, Name), Path.Combine("/later", Name)];
        var found = PowerShellProgram.Find(running, "/tests/tests.dll", psHome, ["", "/nothing", bin, "/later"], file => Array.IndexOf(there, file) >= which);
        Assert.Equal(there[which], found.Path);
        Assert.Empty(found.Before);
    }

    [Fact]
    public void Where_there_is_none_the_error_says_what_to_install()
    {
        var error = Assert.Throws<CogCommitException>(() => PowerShellProgram.Find("/opt/host", null, null, ["/bin"], _ => false));
        Assert.Equal("PowerShellNotFound", error.ErrorId);
        Assert.Contains("Install PowerShell 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_down_names_it_so_that_an_update_finds_it()
    {
        var links = new Dictionary<string, string>
        {
            ["/opt/homebrew/Cellar/powershell/7.6.0/bin/pwsh"] = "/opt/homebrew/Cellar/powershell/7.6.0/bin/pwsh",
            [Path.GetFullPath("/opt/homebrew/bin/pwsh")] = "/opt/homebrew/Cellar/powershell/7.6.0/bin/pwsh",
            [Path.GetFullPath("/usr/bin/pwsh")] = "/usr/share/another/pwsh",
        };
        var running = new PowerShellProgram("/opt/homebrew/Cellar/powershell/7.6.0/bin/pwsh", []);

        Assert.Equal(Path.GetFullPath("/opt/homebrew/bin/pwsh"), running.Lasting(["/opt/homebrew/Cellar/powershell/7.6.0/bin", "", "/usr/bin", "/opt/homebrew/bin"], file => links.GetValueOrDefault(file), null).Path);
        Assert.Equal(running, running.Lasting(["/usr/bin"], file => links.GetValueOrDefault(file), null));
        var tool = new PowerShellProgram("/usr/bin/dotnet", ["/x/pwsh.dll"]);
        Assert.Equal(tool, tool.Lasting(["/usr/bin"], _ => "the same", null));
    }

    [Fact]
    public void A_pwsh_of_the_Store_is_written_down_by_its_alias() => Assert.Equal(
        Path.Combine("C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps", "pwsh.exe"),
        new PowerShellProgram("C:/Program Files/WindowsApps/Microsoft.PowerShell_7.6.1/pwsh.exe", []).Lasting([], file => file, "C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps").Path);

    [Theory]
    [InlineData("/home/Jeanne d'Arc", "'/home/Jeanne d''Arc'")]
    [InlineData("/home/Jeanne d\u2019Arc", "'/home/Jeanne d\u2019\u2019Arc'")]
    [InlineData("$home `n", "'$home `n'")]
    public void A_text_in_a_command_means_only_itself(string text, string quoted) => Assert.Equal(quoted, PowerShellText.Quoted(text));

    [Fact]
    public void What_a_daemon_runs_says_why_it_does_not_come_up() => Assert.Equal(
        $"try {{ $env:COGCOMMIT_DAEMON_ID = 'f00'; $env:COGCOMMIT_HOME = '/ho''me'; Import-Module -Name '{Path.Combine("/a b", "CogCommit.PowerShell.dll")}' -ErrorAction Stop; Watch-CogCommit -Daemon -ErrorAction Stop }} catch {{ Add-Content -LiteralPath '/logs/start.log' -Value \"$_\"; exit 1 }}",
        DaemonLaunch.Command("f00", "/a b", "/ho'me", "/logs/start.log"));
}

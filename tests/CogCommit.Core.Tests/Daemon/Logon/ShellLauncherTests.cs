using System.Diagnostics;
using CogCommit.Core.Daemon;
using CogCommit.Core.Daemon.Logon;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Daemon.Logon;

/// <summary>The script for systemd and launchd, run by the shell, with a program in PowerShell's place that tells how it was called.</summary>
public sealed class ShellLauncherTests : IDisposable
{
    private readonly TempHome _temp = new();

    [Theory]
    [InlineData("plain", "", "{module}")]
    [InlineData("Jeanne \"d'Arc\" <$HOME> & %h \\ \u00e9", "", "{module}")]
    [InlineData("plain", "/of/somebody.dll", "/of/somebody.dll:{module}")]
    [InlineData("colon:here", "", "")]
    [InlineData("colon:here", "/of/somebody.dll", "/of/somebody.dll")]
    public async Task It_names_the_copy_to_the_runtime_and_to_PowerShell(string name, string before, string hooks)
    {
        var outcome = await RunAsync(name, "mkdir 0.1.0-f00; : > 0.1.0-f00/CogCommit.PowerShell.dll; echo '/said in another code page/0.1.0-f00'", before);

        var module = Path.Combine(_temp.Folder, name, "daemon", "0.1.0-f00", "CogCommit.PowerShell.dll");
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
        Assert.Equal(
            $"{module}|{hooks.Replace("{module}", module, StringComparison.Ordinal)}|{LogonTexts.Odd.Variables[0].Value}|0|{outcome.Process}\n", outcome.Said);
    }

    [Theory]
    [InlineData("echo no >&2; exit 3", "no\n")]
    [InlineData("true", "There is no {folder}//CogCommit.PowerShell.dll: the module was not copied.\n")]
    [InlineData("echo gone/0.1.0-f00", "There is no {folder}/0.1.0-f00/CogCommit.PowerShell.dll: the module was not copied.\n")]
    public async Task Without_a_copy_nothing_is_started(string makes, string says)
    {
        var outcome = await RunAsync("plain", makes, "");
        Assert.Equal((1, "", says.Replace("{folder}", Path.Combine(_temp.Folder, "plain", "daemon"), StringComparison.Ordinal)), (outcome.Code, outcome.Said, outcome.Errors));
    }

    public void Dispose() => _temp.Dispose();

    /// <param name="name">Of the home.</param>
    /// <param name="makes">What the program does that is to make a copy.</param>
    /// <param name="before">The hooks that the environment has.</param>
    private async Task<(int Code, string Said, string Errors, int Process)> RunAsync(string name, string makes, string before)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It takes a shell.");
        var folder = Directory.CreateDirectory(Path.Combine(_temp.Folder, name, "daemon")).FullName;
        var program = Path.Combine(folder, "power shell");
        await File.WriteAllTextAsync(
            program, $"#!/bin/sh\ncase $4 in *CopyOnly*) {makes} ;; *) echo \"$COGCOMMIT_DAEMON_MODULE|$DOTNET_STARTUP_HOOKS|$COGCOMMIT_HOME|$DOTNET_TieredPGO|$$\" ;; esac\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var launcher = Path.Combine(folder, "start.sh");
        var settings = LogonTexts.Odd with { Program = new PowerShellProgram(program, []), Launcher = launcher };
        await File.WriteAllTextAsync(launcher, ShellLauncher.Text(settings), TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo("/bin/sh", [launcher]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment[StartupHooks.Variable] = before;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said, await errors, process.Id);
    }
}

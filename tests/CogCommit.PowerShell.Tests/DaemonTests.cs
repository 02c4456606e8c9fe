using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests;

/// <summary>The daemon's cmdlets, with daemons that are real: a pwsh of PATH, where there is one. What a terminal shows is in tests/Pester.</summary>
public sealed class DaemonTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void It_is_started_once_seen_and_stopped()
    {
        NeedsPwsh();
        var started = Counting(() => _engine.Run("Start-CogCommitDaemon").Fine().One);
        var pid = started.Get<int>("ProcessId");
        using var daemon = Process.GetProcessById(pid);
        Assert.Equal((true, "Daemon", "0.1.0", false), (started.Get<bool>("IsRunning"), started.Get<string>("Mode"), started.Get<string>("Version"), started.Get<bool>("IsRegistered")));
        if (OperatingSystem.IsLinux())
        {
            // What it costs while it rests (docs/performance.md), whatever this process was told.
            Assert.Contains("DOTNET_TieredPGO=0", File.ReadAllText($"/proc/{pid}/environ").Split('\0'));
            // What PowerShell cannot do without on this system; assemblies are not always seen.
            var mapped = File.ReadAllText($"/proc/{pid}/maps");
            Assert.Contains("libe_sqlite3.so", mapped, StringComparison.Ordinal);
            Assert.DoesNotContain("libpsl-native.so", mapped, StringComparison.Ordinal);
        }

        Assert.Equal(pid, _engine.Run("Start-CogCommitDaemon").Fine().One.Get<int>("ProcessId"));
        Assert.Equal(pid, _engine.Run("Get-CogCommitDaemon").Fine().One.Get<int>("ProcessId"));
        Assert.Equal(pid, _engine.Run("(Get-CogCommitSyncStatus).Daemon").Fine().One.Get<int>("ProcessId"));
        var refused = _engine.Run("Watch-CogCommit").OneError();
        Assert.Equal(("AlreadyWatching", ErrorCategory.InvalidOperation), (refused.Id(), refused.CategoryInfo.Category));
        Assert.Equal("Ok", _engine.Run("Test-CogCommit -Check Daemon").Fine().One.Get<string>("Status"));

        Assert.False(_engine.Run("Stop-CogCommitDaemon -PassThru").Fine().One.Get<bool>("IsRunning"));
        Assert.True(daemon.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.NotEmpty(_engine.Run("Get-CogCommitDaemon -Log").Fine().Output);
    }

    [Fact]
    public async Task Of_ten_that_are_started_at_once_one_runs()
    {
        NeedsPwsh();
        // Each in a process of its own, as ten terminals would.
        var command = $"Import-Module '{RepositoryRoot.Manifest}'; (Start-CogCommitDaemon -Timeout 120).ProcessId";
        var starters = Enumerable.Range(0, 10).Select(_ => Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!).ToList();
        var said = new List<string>();
        foreach (var starter in starters)
        {
            var errors = starter.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            said.Add((await starter.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim() + await errors);
            await starter.WaitForExitAsync(TestContext.Current.CancellationToken);
            starter.Dispose();
        }

        var pid = Assert.Single(said.Distinct());
        Assert.Equal(pid, _engine.Run("Get-CogCommitDaemon").Fine().One.Get<int>("ProcessId").ToString(System.Globalization.CultureInfo.InvariantCulture));

        // None of the other nine takes its place.
        Assert.False(_engine.Run("Stop-CogCommitDaemon -PassThru").Fine().One.Get<bool>("IsRunning"));
        Assert.False(_engine.Run("Get-CogCommitDaemon").Fine().One.Get<bool>("IsRunning"));
    }

    [Fact]
    public async Task A_pwsh_that_only_starts_the_true_one_is_not_waited_for_nor_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It asks /proc who started whom.");
        NeedsPwsh();
        // As the dotnet tool's: on PATH lies a small program that starts the engine and waits for it.
        var path = Environment.GetEnvironmentVariable("PATH")!;
        var pwsh = path.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "pwsh")).First(File.Exists);
        var folder = Directory.CreateDirectory(Path.Combine(_engine.Folder, "tool")).FullName;
        var tool = Path.Combine(folder, "pwsh");
        File.WriteAllText(tool, $"#!/bin/sh\n'{pwsh}' \"$@\"\nexit $?\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Environment.SetEnvironmentVariable("PATH", $"{folder}{Path.PathSeparator}{path}");
        try
        {
            var daemon = _engine.Run("Start-CogCommitDaemon").Fine().One.Get<int>("ProcessId");
            Assert.Contains(Ancestors(daemon), line => line.Contains(tool, StringComparison.Ordinal));
            Assert.False(_engine.Run("Stop-CogCommitDaemon -PassThru").Fine().One.Get<bool>("IsRunning"));

            // One that does not come up in time is ended with what it started.
            File.WriteAllText(tool, $"#!/bin/sh\nsh -c 'sleep 600; exit 0' '{_engine.Home}'\nexit $?\n");
            Assert.Equal("DaemonNotStarted", _engine.Run("Start-CogCommitDaemon -Timeout 1").OneError().Id());
            var waited = Stopwatch.StartNew();
            while (Commands().Any(line => line.Contains(_engine.Home, StringComparison.Ordinal)))
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "What it started goes on.");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Fact]
    public void One_that_does_not_come_up_is_an_error_with_its_words()
    {
        NeedsPwsh();
        var assembly = Path.Combine(_engine.Run("Start-CogCommitDaemon -CopyOnly").Fine().One.ToString(), "CogCommit.PowerShell.dll");
        File.WriteAllBytes(assembly, new byte[new FileInfo(assembly).Length]);

        var error = _engine.Run("Start-CogCommitDaemon").OneError();

        Assert.Equal(("DaemonNotStarted", ErrorCategory.ResourceUnavailable), (error.Id(), error.CategoryInfo.Category));
        Assert.Contains("CogCommit.PowerShell.dll", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("it ended at once", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Watch-CogCommit", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-CogCommitDaemon")]
    [InlineData("Stop-CogCommitDaemon")]
    [InlineData("Get-CogCommitDaemon")]
    [InlineData("Watch-CogCommit")]
    public void A_lock_that_cannot_be_opened_is_no_daemon_and_no_secret(string script)
    {
        NeedsPwsh();
        Directory.CreateDirectory(Path.Combine(_engine.Home, "daemon.lock"));

        var error = _engine.Run(script).OneError();

        Assert.Equal(("WatchLockRefused", ErrorCategory.WriteError), (error.Id(), error.CategoryInfo.Category));
        Directory.Delete(Path.Combine(_engine.Home, "daemon.lock"));
    }

    [Fact]
    public void Where_none_runs_stopping_says_so_and_is_no_error()
    {
        var stopped = _engine.Run("Stop-CogCommitDaemon -PassThru -Verbose").Fine();
        Assert.False(stopped.One.Get<bool>("IsRunning"));
        Assert.Equal(["No daemon runs."], stopped.Verbose);
        Assert.Empty(_engine.Run("Stop-CogCommitDaemon").Fine().Output);
        Assert.Empty(_engine.Run("Get-CogCommitDaemon -Log").Fine().Output);
        Assert.False(Directory.Exists(_engine.Home));
    }

    [Theory]
    [InlineData("Start-CogCommitDaemon -WhatIf")]
    [InlineData("Start-CogCommitDaemon -CopyOnly -WhatIf")]
    [InlineData("Stop-CogCommitDaemon -WhatIf")]
    [InlineData("Register-CogCommitDaemon -WhatIf")]
    [InlineData("Unregister-CogCommitDaemon -WhatIf")]
    public void What_is_only_asked_changes_nothing(string script)
    {
        NeedsPwsh();
        Assert.Empty(_engine.Run(script).Fine().Output);
        Assert.False(Directory.Exists(_engine.Home));
        Assert.False(Directory.Exists(Path.Combine(_engine.Folder, "user", ".config", "systemd")));
    }

    [Fact]
    public void Registering_without_a_systemd_leaves_the_unit_and_says_what_to_type()
    {
        NeedsPwsh();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system would take it.");
        // A user of the test's own, on a bus that is not there.
        var before = Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        Environment.SetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", "/nonexistent");
        try
        {
            var error = _engine.Run("Register-CogCommitDaemon").OneError();

            Assert.Equal("RegistrationIncomplete", error.Id());
            var unit = Path.Combine(_engine.Folder, "user", ".config", "systemd", "user", "cogcommit-daemon.service");
            Assert.Contains($"'{unit}' was written", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("systemctl --user enable cogcommit-daemon.service", error.ToString(), StringComparison.Ordinal);
            Assert.Contains($"export COGCOMMIT_HOME='{_engine.Home}'", File.ReadAllText(Path.Combine(_engine.Home, "daemon", "start.sh")), StringComparison.Ordinal);
            Assert.True(_engine.Run("Get-CogCommitDaemon").Fine().One.Get<bool>("IsRegistered"));
            Assert.Equal("Warning", _engine.Run("Test-CogCommit -Check Daemon").Fine().One.Get<string>("Status"));

            Assert.Equal("UnregistrationIncomplete", _engine.Run("Unregister-CogCommitDaemon").OneError().Id());
            Assert.False(File.Exists(unit));
            _engine.Run("Unregister-CogCommitDaemon").Fine();
        }
        finally
        {
            Environment.SetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS", before);
            Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", runtime);
        }
    }

    [Theory]
    [InlineData("home", false)]
    [InlineData("a:home", true)]
    public async Task What_the_system_runs_at_logon_watches_from_a_copy(string name, bool isPowerShell)
    {
        NeedsPwsh();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system would take it.");
        _engine.Machine(name);
        Assert.Equal("RegistrationIncomplete", _engine.Run("Register-CogCommitDaemon").OneError().Id());
        var launcher = Path.Combine(_engine.Home, "daemon", "start.sh");

        using var service = Process.Start(new ProcessStartInfo("/bin/sh", [launcher]) { RedirectStandardError = true })!;
        var errors = service.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        int? pid = null;
        while (pid is null && !service.HasExited)
        {
            pid = _engine.Run("(Get-CogCommitDaemon).ProcessId").Fine().Output.Select(one => (int?)one?.BaseObject).FirstOrDefault();
            await Task.Yield();
        }

        // Where PowerShell is a tool of dotnet, it is a child of the process that was started.
        Assert.True(pid is { } watcher && (watcher == service.Id || ParentOf(watcher) == service.Id), $"It ended: {(service.HasExited ? await errors : "")}");
        Assert.StartsWith(Path.Combine(_engine.Home, "daemon", "0.1.0-"), System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(_engine.Home, "daemon.json"))).RootElement.GetProperty("module").GetString(), StringComparison.Ordinal);

        // In a home that the runtime cannot name it is a PowerShell, with the library that this cannot do without.
        Assert.Equal(isPowerShell, File.ReadAllText($"/proc/{pid}/maps").Contains("libpsl-native.so", StringComparison.Ordinal));

        // A second one finds that somebody watches, and that is no failure for which a system would start it again and again.
        using var second = Process.Start("/bin/sh", [launcher]);
        second.WaitForExit();
        Assert.Equal(0, second.ExitCode);

        _engine.Run("Stop-CogCommitDaemon").Fine();
        service.WaitForExit();
        Assert.Equal(0, service.ExitCode);
    }

    [Fact]
    public void What_the_system_runs_at_logon_and_cannot_watch_ends_with_an_error()
    {
        NeedsPwsh();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system would take it.");
        Assert.Equal("RegistrationIncomplete", _engine.Run("Register-CogCommitDaemon").OneError().Id());
        Directory.CreateDirectory(Path.Combine(_engine.Home, "daemon.lock"));

        using var service = Process.Start(new ProcessStartInfo("/bin/sh", [Path.Combine(_engine.Home, "daemon", "start.sh")]) { RedirectStandardError = true })!;
        Assert.StartsWith("WatchLockRefused: ", service.StandardError.ReadToEnd(), StringComparison.Ordinal);
        service.WaitForExit();
        Assert.Equal(1, service.ExitCode);
        Directory.Delete(Path.Combine(_engine.Home, "daemon.lock"));
    }

    [Fact]
    public void A_status_makes_no_store()
    {
        var status = _engine.Run("Get-CogCommitSyncStatus").Fine().One;
        Assert.Equal((0, "Off"), (status.Get<int>("Pending"), status.Get<string>("Connection")));
        Assert.False(Directory.Exists(_engine.Home));
    }

    [Fact]
    public void A_watched_status_comes_again_when_something_changed()
    {
        var outcome = _engine.Run(
            """
            $path = $args[0]; $seen = 0
            do {
                Get-CogCommitSyncStatus -Watch -Interval 1 | ForEach-Object { $_; if ($seen++) { break }; $null = Import-CogCommit $path }
            } while ($false)
            """,
            Samples.History.Write(_engine.Folder)).Fine();

        Assert.Equal((2, 0), (outcome.Output.Count, outcome.Output[0].Get<int>("Pending")));
        Assert.NotEqual(0, outcome.Output[1].Get<int>("Pending"));
    }

    public void Dispose()
    {
        // Whatever a test that failed left running.
        _engine.Run("Stop-CogCommitDaemon -Timeout 5");
        _engine.Dispose();
    }

    /// <summary>As in a session that said that its runtime is to count how code runs.</summary>
    private static T Counting<T>(Func<T> work)
    {
        const string Variable = "DOTNET_TieredPGO";
        var before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, "1");
        try
        {
            return work();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    /// <summary>By /proc: the fourth field of a process's stat, the second behind its name.</summary>
    private static int ParentOf(int process) => int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The command lines of who started a process, and of who started him.</summary>
    private static IEnumerable<string> Ancestors(int process)
    {
        for (var parent = ParentOf(process); parent > 1; parent = ParentOf(parent))
        {
            yield return File.ReadAllText($"/proc/{parent}/cmdline");
        }
    }

    private static IEnumerable<string> Commands()
    {
        foreach (var process in Process.GetProcesses())
        {
            string command;
            try
            {
                command = File.ReadAllText($"/proc/{process.Id}/cmdline");
            }
            catch (IOException)
            {
                // It ended meanwhile.
                continue;
            }

            yield return command;
        }
    }

    private static void NeedsPwsh() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))),
        "There is no pwsh on PATH; tests/Pester tests it with the one that runs them.");
}

using CogCommit.Core.Health;
using CogCommit.Core.Health.Checks;

namespace CogCommit.Core.Tests.Health;

/// <summary>What the doctor says of the daemon, in each of its states.</summary>
public sealed class DaemonCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, HealthStatus.Skipped, "None runs", "Start-CogCommitDaemon")]
    [InlineData(true, HealthStatus.Warning, "none runs now", "Get-CogCommitDaemon -Log")]
    public void None_runs(bool registered, HealthStatus status, string detail, string fix) => Expect(new DaemonStatus { LogPath = "", IsRegistered = registered }, status, detail, fix);

    [Theory]
    [InlineData(false, "It does not start at logon: Register-CogCommitDaemon")]
    [InlineData(true, "It starts at logon.")]
    public void One_runs(bool registered, string detail) => Expect(Running(registered), HealthStatus.Ok, detail);

    [Theory]
    [InlineData("Daemon", "Stop-CogCommitDaemon, then Start-CogCommitDaemon")]
    [InlineData("Foreground", "Stop it there")]
    public void One_of_another_version_is_to_be_started_anew(string mode, string fix) =>
        Expect(Running(true, version: "0.0.9", mode: mode), HealthStatus.Warning, "runs version 0.0.9, and this module is 0.1.0", fix);

    [Fact]
    public void One_that_reaches_nobody_says_why() => Expect(
        new DaemonStatus { LogPath = "", IsRunning = true, ProcessId = 7, Version = "0.1.0", Mode = "Daemon", FailingSince = Now.AddMinutes(-5), Reason = "no route" },
        HealthStatus.Warning, "since 5 minutes: no route", "tries again by itself");

    [Fact]
    public void One_that_does_not_say_who_it_is() => Expect(new DaemonStatus { LogPath = "", IsRunning = true }, HealthStatus.Warning, "does not say who it is", "Get-CogCommitDaemon");

    private static DaemonStatus Running(bool registered, string version = "0.1.0", string mode = "Daemon") =>
        new() { LogPath = "", IsRunning = true, ProcessId = 7, Version = version, Mode = mode, IsRegistered = registered };

    private static void Expect(DaemonStatus daemon, HealthStatus status, string detail, string? fix = null)
    {
        var found = DaemonCheck.Find(daemon, "0.1.0", Now);
        Assert.Equal(status, found.Status);
        Assert.Contains(detail, found.Detail, StringComparison.Ordinal);
        Assert.Equal(fix is null, found.Fix is null);
        Assert.Contains(fix ?? "", found.Fix ?? "", StringComparison.Ordinal);
    }
}

namespace CogCommit.Core.Daemon.Logon;

/// <summary>What there is to write and to run so that a system starts the daemon at logon, or does so no more. Pure: nothing of it is done yet.</summary>
public sealed record LogonPlan
{
    private const string Unit = "cogcommit-daemon.service";

    /// <summary>What the system is called to its users.</summary>
    public required string System { get; init; }

    /// <summary>Written in this order; the last one is the system's own.</summary>
    public required IReadOnlyList<LogonFile> Files { get; init; }

    public required IReadOnlyList<LogonStep> Register { get; init; }

    /// <summary>Run before the files are taken away.</summary>
    public required IReadOnlyList<LogonStep> Unregister { get; init; }

    /// <summary>Run when they are gone.</summary>
    public IReadOnlyList<LogonStep> Afterwards { get; init; } = [];

    /// <summary>Tells by its exit code whether it is registered; null: the last file's being there does.</summary>
    public ProgramCall? Query { get; init; }

    /// <summary>What else one may want to type, or null.</summary>
    public string? Hint { get; init; }

    /// <param name="kind">The system.</param>
    /// <param name="settings">What the texts are made of.</param>
    /// <param name="folder">Where the system looks for such files; of the Task Scheduler where ours is kept.</param>
    /// <param name="user">The user as the system knows it: of launchd the number, of Windows <c>DOMAIN\name</c>.</param>
    public static LogonPlan Of(LogonKind kind, LogonSettings settings, string folder, string user) => kind switch
    {
        LogonKind.Systemd => Systemd(settings, Path.Combine(folder, Unit)),
        LogonKind.Launchd => Launchd(settings, Path.Combine(folder, $"{LaunchAgent.Label}.plist"), user),
        _ => TaskScheduler(settings, Path.Combine(folder, "task.xml"), user),
    };

    private static LogonPlan Systemd(LogonSettings settings, string unit) => new()
    {
        System = "systemd",
        Files = [new LogonFile(settings.Launcher, ShellLauncher.Text(settings)), new LogonFile(unit, SystemdUnit.Text(settings))],
        Register = [Step("systemctl", "--user", "daemon-reload"), Step("systemctl", "--user", "enable", Unit), Step("systemctl", "--user", "restart", Unit)],
        Unregister = [Step("systemctl", "--user", "disable", "--now", Unit)],
        Afterwards = [Step("systemctl", "--user", "daemon-reload")],
        Hint = "loginctl enable-linger lets it run while you are not logged in, too.",
    };

    private static LogonPlan Launchd(LogonSettings settings, string agent, string user)
    {
        var stop = new LogonStep(new ProgramCall("launchctl", "bootout", $"gui/{user}/{LaunchAgent.Label}"), MayFail: true);
        return new LogonPlan
        {
            System = "launchd",
            Files = [new LogonFile(settings.Launcher, ShellLauncher.Text(settings)), new LogonFile(agent, LaunchAgent.Text(settings))],
            Register = [stop, Step("launchctl", "bootstrap", $"gui/{user}", agent)],
            Unregister = [stop],
        };
    }

    private static LogonPlan TaskScheduler(LogonSettings settings, string task, string user) => new()
    {
        System = "the Task Scheduler",
        Files = [new LogonFile(settings.Launcher, LauncherScript.Text(settings)), new LogonFile(task, LogonTask.Text(settings, user), IsUtf16: true)],
        Register = [Step("schtasks", "/create", "/tn", LogonTask.Name, "/xml", task, "/f"), Step("schtasks", "/run", "/tn", LogonTask.Name)],
        Unregister = [Step("schtasks", "/delete", "/tn", LogonTask.Name, "/f")],
        Query = new ProgramCall("schtasks", "/query", "/tn", LogonTask.Name),
    };

    private static LogonStep Step(string program, params string[] arguments) => new(new ProgramCall(program, arguments));
}

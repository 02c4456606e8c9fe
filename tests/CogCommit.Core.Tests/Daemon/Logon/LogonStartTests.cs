using CogCommit.Core.Daemon.Logon;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Daemon.Logon;

/// <summary>What is written and run to register, in which order, and what is said where the system does not take it.</summary>
public sealed class LogonStartTests : IDisposable
{
    private readonly TempHome _temp = new();
    private readonly Recorder _recorder = new();

    [Fact]
    public void Systemd_is_told_and_starts_it_now()
    {
        var start = Start(LogonKind.Systemd);
        Assert.False(start.IsRegistered);

        start.Register();

        Assert.Equal(["systemctl --user daemon-reload", "systemctl --user enable cogcommit-daemon.service", "systemctl --user restart cogcommit-daemon.service"], _recorder.Calls);
        Assert.Equal(start.Plan.Files.Select(file => file.Text), start.Plan.Files.Select(file => File.ReadAllText(file.Path)));
        Assert.Equal([Launcher, Path.Combine(_temp.Folder, "units", "cogcommit-daemon.service")], start.Plan.Files.Select(file => file.Path));
        Assert.True(start.IsRegistered);
        Assert.Contains("loginctl enable-linger", start.Plan.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Systemd_forgets_it()
    {
        var start = Start(LogonKind.Systemd);
        start.Register();
        _recorder.Calls.Clear();

        start.Unregister();

        // What it does not know any more it cannot stop.
        Assert.Equal(["systemctl --user disable --now cogcommit-daemon.service", "systemctl --user daemon-reload"], _recorder.Calls);
        Assert.All(start.Plan.Files, file => Assert.False(File.Exists(file.Path)));
        Assert.False(start.IsRegistered);
    }

    [Fact]
    public void Launchd_first_forgets_what_it_had()
    {
        var start = Start(LogonKind.Launchd, "501");
        _recorder.Answer = call => call.Arguments[0] == "bootout" ? new ProgramResult(3, "No such process") : new ProgramResult(0, "");

        start.Register();

        var agent = Path.Combine(_temp.Folder, "units", "org.cogcommit.daemon.plist");
        Assert.Equal(["launchctl bootout gui/501/org.cogcommit.daemon", $"launchctl bootstrap gui/501 {agent}"], _recorder.Calls);
        Assert.True(start.IsRegistered);
        start.Unregister();
        Assert.False(File.Exists(agent));
    }

    [Fact]
    public void The_Task_Scheduler_gets_a_file_in_its_own_encoding_and_is_asked_whether_it_has_it()
    {
        var start = Start(LogonKind.TaskScheduler, @"HOME\ada");

        start.Register();

        var task = Path.Combine(_temp.Folder, "units", "task.xml");
        Assert.Equal([$"schtasks /create /tn \"CogCommit daemon\" /xml {task} /f", "schtasks /run /tn \"CogCommit daemon\""], _recorder.Calls);
        Assert.Equal([0xFF, 0xFE], File.ReadAllBytes(task)[..2]);
        Assert.True(start.IsRegistered);
        Assert.Equal("schtasks /query /tn \"CogCommit daemon\"", _recorder.Calls[^1]);
        _recorder.Answer = _ => new ProgramResult(1, "ERROR: The system cannot find the file specified.");
        Assert.False(start.IsRegistered);
    }

    [Theory]
    [InlineData(1, "Failed to connect to bus: No medium found", "`systemctl --user daemon-reload` ended with 1: Failed to connect to bus: No medium found.")]
    [InlineData(null, "No such file", "there is no program systemctl here.")]
    public void Where_the_system_does_not_take_it_the_error_says_what_is_written_and_what_to_type(int? code, string said, string why)
    {
        _recorder.Answer = _ => new ProgramResult(code, said);
        var start = Start(LogonKind.Systemd);

        var error = Assert.Throws<CogCommitException>(start.Register);

        Assert.Equal(("RegistrationIncomplete", ErrorKind.Unavailable), (error.ErrorId, error.Kind));
        foreach (var part in new[]
        {
            $"'{start.Plan.Files[1].Path}' was written", why,
            "type: systemctl --user daemon-reload; systemctl --user enable cogcommit-daemon.service; systemctl --user restart cogcommit-daemon.service.",
            "Start-CogCommitDaemon", "Unregister-CogCommitDaemon",
        })
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }

        Assert.Single(_recorder.Calls);
        Assert.True(File.Exists(start.Plan.Files[1].Path));
    }

    [Fact]
    public void Where_a_later_step_fails_only_what_is_left_is_to_be_typed()
    {
        _recorder.Answer = call => new ProgramResult(call.Arguments[1] == "restart" ? 5 : 0, "");

        var error = Assert.Throws<CogCommitException>(Start(LogonKind.Systemd).Register);

        Assert.Contains("`systemctl --user restart cogcommit-daemon.service` ended with 5. Where it runs for you, type: systemctl --user restart cogcommit-daemon.service.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_taken_back_is_said_and_the_files_go_all_the_same()
    {
        var start = Start(LogonKind.Systemd);
        start.Register();
        _recorder.Answer = _ => new ProgramResult(1, "No medium found");

        var error = Assert.Throws<CogCommitException>(start.Unregister);

        Assert.Equal("UnregistrationIncomplete", error.ErrorId);
        Assert.All(start.Plan.Files, file => Assert.False(File.Exists(file.Path)));
    }

    [Fact]
    public void A_file_that_cannot_be_written_registers_nothing()
    {
        File.WriteAllText(Path.Combine(_temp.Folder, "units"), "a file where a folder should be");
        var error = Assert.Throws<CogCommitException>(Start(LogonKind.Systemd).Register);
        Assert.Equal("LogonFileNotWritten", error.ErrorId);
        Assert.Empty(_recorder.Calls);
    }

    [Fact]
    public void The_preview_shows_every_file_and_every_command_and_does_nothing()
    {
        var start = Start(LogonKind.Systemd);
        var preview = start.Preview;
        foreach (var part in start.Plan.Files.SelectMany(file => new[] { $"Write '{file.Path}':", file.Text }).Append("Run systemctl --user restart cogcommit-daemon.service"))
        {
            Assert.Contains(part, preview, StringComparison.Ordinal);
        }

        Assert.Empty(_recorder.Calls);
        Assert.False(File.Exists(Launcher));
    }

    [Fact]
    public void A_program_that_is_not_there_is_told_from_one_that_fails()
    {
        Assert.Null(new ProgramRunner().Run(new ProgramCall("no-such-program-of-cogcommit")).Code);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It takes a shell.");
        var failed = new ProgramRunner().Run(new ProgramCall("/bin/sh", "-c", "echo out; echo err >&2; exit 7"));
        Assert.Equal((7, "out\nerr"), (failed.Code, failed.Output));
    }

    public void Dispose() => _temp.Dispose();

    private string Launcher => Path.Combine(_temp.Folder, "home", "daemon", "start");

    private LogonStart Start(LogonKind kind, string user = "") =>
        new(LogonPlan.Of(kind, LogonTexts.Plain with { Launcher = Launcher }, Path.Combine(_temp.Folder, "units"), user), _recorder);

    private sealed class Recorder : IProgramRunner
    {
        public List<string> Calls { get; } = [];

        public Func<ProgramCall, ProgramResult> Answer { get; set; } = _ => new ProgramResult(0, "");

        public ProgramResult Run(ProgramCall what)
        {
            Calls.Add(what.ToString());
            return Answer(what);
        }
    }
}

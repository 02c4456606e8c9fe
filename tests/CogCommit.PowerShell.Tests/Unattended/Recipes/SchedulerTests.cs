using System.Diagnostics;
using System.Xml.Linq;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>What the four schedulers are told is what they understand. tests/Pester/Automation.Tests.ps1 runs the lines themselves.</summary>
public sealed class SchedulerTests : IDisposable
{
    // What launchd.plist(5) knows, of what a job like this may say.
    private static readonly string[] KnownToLaunchd =
        ["Label", "ProgramArguments", "EnvironmentVariables", "StartCalendarInterval", "ProcessType", "RunAtLoad", "StandardOutPath", "StandardErrorPath"];

    private readonly BareEngine _engine = new();

    [Fact]
    public void The_crontab_has_five_fields_a_path_to_pwsh_and_no_percent_sign()
    {
        var lines = Recipe.Named("crontab").Text.Split('\n');

        Assert.Equal(["PATH=/usr/local/bin:/usr/bin:/bin", "NO_COLOR=1"], lines[..^1]);
        // cron makes a line break of it.
        Assert.DoesNotContain('%', lines[^1]);
        var fields = lines[^1].Split(' ', 6);
        (int Least, int Most)[] ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
        Assert.All(fields[..5].Zip(ranges), pair =>
            Assert.True(pair.First == "*" || (int.Parse(pair.First) >= pair.Second.Least && int.Parse(pair.First) <= pair.Second.Most), pair.First));
        Assert.NotEqual("*", fields[0]);
        Assert.StartsWith("pwsh -NoProfile -NonInteractive -File ", fields[5], StringComparison.Ordinal);
    }

    [Fact]
    public void The_units_run_the_script_every_hour()
    {
        Assert.Contains(
            "ExecStart=/usr/bin/env pwsh -NoProfile -NonInteractive -File %h/cogcommit/hourly.ps1\n", Recipe.Named("cogcommit.service").Text, StringComparison.Ordinal);
        Assert.Contains("OnCalendar=hourly\n", Recipe.Named("cogcommit.timer").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_units_name_each_other_and_hold_in_systemds_eyes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not on this machine: nobody can be asked what systemd makes of the units.");
        var service = Recipe.Named("cogcommit.service").Text;
        var timer = Recipe.Named("cogcommit.timer").Text;
        File.WriteAllText(Path.Combine(_engine.Folder, "cogcommit.service"), service + "\n");
        File.WriteAllText(Path.Combine(_engine.Folder, "cogcommit.timer"), timer + "\n");
        Assert.Equal((0, ""), Verify("cogcommit.service", "cogcommit.timer"));

        // Were it deaf, it would find nothing wrong here either.
        File.WriteAllText(Path.Combine(_engine.Folder, "wrong.timer"), timer.Replace("OnCalendar=hourly", "OnCalender=hourly", StringComparison.Ordinal) + "\n");
        Assert.NotEqual((0, ""), Verify("wrong.timer"));
    }

    [Fact]
    public void The_property_list_is_one_that_launchd_knows()
    {
        var list = XDocument.Parse(Recipe.Named("org.cogcommit.hourly.plist").Text);
        var job = Pairs(list.Root!.Element("dict")!);

        Assert.Equal("plist", list.Root!.Name);
        Assert.All(job.Keys, key => Assert.Contains(key, KnownToLaunchd));
        Assert.Equal("org.cogcommit.hourly", job["Label"].Value);
        Assert.Equal(["/bin/sh", "-c"], job["ProgramArguments"].Elements("string").Select(argument => argument.Value).Take(2));
        Assert.StartsWith("exec pwsh -NoProfile -NonInteractive -File \"$HOME/cogcommit/hourly.ps1\"", job["ProgramArguments"].Elements("string").Last().Value, StringComparison.Ordinal);
        Assert.Equal("Minute", Assert.Single(Pairs(job["StartCalendarInterval"])).Key);
        Assert.InRange(int.Parse(Pairs(job["StartCalendarInterval"])["Minute"].Value), 0, 59);
        Assert.All(Pairs(job["EnvironmentVariables"]).Values, value => Assert.Equal("string", value.Name));
    }

    [Fact]
    public void The_task_runs_every_hour_as_the_user_who_is_logged_on()
    {
        // Stand-ins with the parameters that Windows' own have: to be called with another is an error.
        _engine.Run(
            """
            function global:New-ScheduledTaskAction([string] $Execute, [string] $Argument, [string] $WorkingDirectory, [string] $Id) { $PSBoundParameters }
            function global:New-ScheduledTaskTrigger([switch] $Once, [switch] $Daily, [switch] $Weekly, [string[]] $DaysOfWeek, [Nullable[datetime]] $At, [Nullable[timespan]] $RepetitionInterval, [Nullable[timespan]] $RepetitionDuration, [Nullable[timespan]] $RandomDelay) { $PSBoundParameters }
            function global:New-ScheduledTaskPrincipal([string] $UserId, [ValidateSet('None', 'Password', 'S4U', 'Interactive', 'Group', 'ServiceAccount', 'InteractiveOrPassword')] [string] $LogonType, [string] $RunLevel, [string] $Id) { $PSBoundParameters }
            function global:New-ScheduledTaskSettingsSet([switch] $StartWhenAvailable, [switch] $AllowStartIfOnBatteries, [switch] $DontStopIfGoingOnBatteries, [ValidateSet('Parallel', 'Queue', 'IgnoreNew')] [string] $MultipleInstances, [Nullable[timespan]] $ExecutionTimeLimit) { $PSBoundParameters }
            function global:Register-ScheduledTask([string] $TaskName, $Action, $Trigger, $Principal, $Settings, [switch] $Force) { $PSBoundParameters }
            """).Fine();

        var task = (IDictionary<string, object>)_engine.Run("& $args[0]", Recipe.Named("task-scheduler.ps1").WriteTo(_engine.Folder)).Fine().One.BaseObject;

        Assert.Equal("Interactive", Of(task, "Principal")["LogonType"]);
        Assert.Equal(TimeSpan.FromHours(1), Of(task, "Trigger")["RepetitionInterval"]);
        Assert.Equal("IgnoreNew", Of(task, "Settings")["MultipleInstances"]);
        Assert.EndsWith("pwsh.exe", (string)Of(task, "Action")["Execute"], StringComparison.Ordinal);
        Assert.Contains("-NoProfile -NonInteractive", (string)Of(task, "Action")["Argument"], StringComparison.Ordinal);
        Assert.Contains(@"\cogcommit\hourly.ps1' *>> '", (string)Of(task, "Action")["Argument"], StringComparison.Ordinal);
        Assert.Contains("exit $LASTEXITCODE } catch { $_ *>> '", (string)Of(task, "Action")["Argument"], StringComparison.Ordinal);
        Assert.EndsWith("; exit 1 }\"", (string)Of(task, "Action")["Argument"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"C:\Program Files\PowerShell\7", @"C:\Program Files\PowerShell\7\pwsh.exe")]
    [InlineData(@"C:\Program Files\WindowsApps\Microsoft.PowerShell_7.6.9.0_x64__8wekyb3d8bbwe", @"C:\Users\ann\AppData\Local\Microsoft\WindowsApps\pwsh.exe")]
    public void The_task_names_a_pwsh_that_outlives_an_update(string home, string expected)
    {
        var line = Recipe.Named("task-scheduler.ps1").Text.Split('\n').Single(line => line.StartsWith("$pwsh = ", StringComparison.Ordinal));
        var script = line.Replace("$PSHOME", "$($args[0])", StringComparison.Ordinal).Replace("$env:LOCALAPPDATA", @"C:\Users\ann\AppData\Local", StringComparison.Ordinal);

        Assert.Equal(expected, _engine.Run(script + "; $pwsh", home).Fine().One.BaseObject);
    }

    public void Dispose() => _engine.Dispose();

    private static IDictionary<string, object> Of(IDictionary<string, object> task, string part) =>
        (IDictionary<string, object>)(task[part] is System.Management.Automation.PSObject wrapped ? wrapped.BaseObject : task[part]);

    private static Dictionary<string, XElement> Pairs(XElement dictionary)
    {
        var elements = dictionary.Elements().ToList();
        Assert.Equal(0, elements.Count % 2);
        return elements.Chunk(2).ToDictionary(pair => pair[0].Name == "key" ? pair[0].Value : "", pair => pair[1]);
    }

    private (int Code, string Said) Verify(params string[] units)
    {
        var start = new ProcessStartInfo("systemd-analyze", ["--user", "verify", .. units.Select(unit => Path.Combine(_engine.Folder, unit))])
        {
            RedirectStandardError = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = _engine.Folder;
        using var analysis = Process.Start(start)!;
        var said = analysis.StandardError.ReadToEnd().Trim();
        analysis.WaitForExit();
        return (analysis.ExitCode, said);
    }
}

using System.Globalization;
using System.Text;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon.Logon;

/// <summary>Has the system start the daemon at logon, or no more.</summary>
public sealed class LogonStart(LogonPlan plan, IProgramRunner runner)
{
    // Where its files lie and where the transcripts do: a service knows nothing of the session that it was registered in.
    private static readonly string[] Variables = ["COGCOMMIT_HOME", "CLAUDE_CONFIG_DIR"];

    public LogonPlan Plan => plan;

    /// <summary>Whether the system would start one.</summary>
    public bool IsRegistered => plan.Query is { } query ? runner.Run(query).Code == 0 : File.Exists(plan.Files[^1].Path);

    /// <summary>What <see cref="Register"/> would do, to be read.</summary>
    public string Preview => string.Join('\n',
        [.. plan.Files.Select(file => $"Write '{file.Path}':\n{file.Text.ReplaceLineEndings("\n")}"), .. plan.Register.Select(step => $"Run {step.Call}")]);

    /// <summary>For this system and this user.</summary>
    /// <param name="home">The home that is watched.</param>
    /// <param name="program">The PowerShell that is started.</param>
    /// <param name="moduleBase">The folder of the module's manifest.</param>
    /// <param name="runner">Runs the system's programs.</param>
    public static LogonStart OfThisSystem(CogCommitHome home, PowerShellProgram program, string moduleBase, IProgramRunner runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var paths = new DaemonPaths(home);
        var settings = new LogonSettings
        {
            Program = program,
            Module = LogonSettings.ModuleSource(moduleBase),
            Launcher = paths.Launcher,
            StartLog = paths.StartLog,
            Variables = [.. LogonStart.Variables
                .Select(name => new KeyValuePair<string, string?>(name, Environment.GetEnvironmentVariable(name)))
                .Where(variable => !string.IsNullOrWhiteSpace(variable.Value))
                .Select(variable => new KeyValuePair<string, string>(variable.Key, Path.GetFullPath(variable.Value!)))],
        };
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new LogonStart(
            OperatingSystem.IsWindows() ? LogonPlan.Of(LogonKind.TaskScheduler, settings, paths.Copies, $"{Environment.UserDomainName}\\{Environment.UserName}")
            : OperatingSystem.IsMacOS() ? LogonPlan.Of(LogonKind.Launchd, settings, Path.Combine(user, "Library", "LaunchAgents"), Terminal.UserNumber().ToString(CultureInfo.InvariantCulture))
            : LogonPlan.Of(LogonKind.Systemd, settings, UnitFolder(user), ""),
            runner);
    }

    /// <summary>Writes what there is to write, and has the system take it over; the daemon then runs at once.</summary>
    /// <exception cref="CogCommitException">LogonFileNotWritten; RegistrationIncomplete: the files are there, but the system did not take them.</exception>
    public void Register()
    {
        foreach (var file in plan.Files)
        {
            Write(file);
        }

        for (var i = 0; i < plan.Register.Count; i++)
        {
            if (Failure(plan.Register[i]) is { } why)
            {
                var left = string.Join("; ", plan.Register.Skip(i).Select(step => step.Call.ToString()));
                throw new CogCommitException(
                    "RegistrationIncomplete",
                    $"'{plan.Files[^1].Path}' was written, but {plan.System} did not take it: {why} Where it runs for you, type: {left}. Start-CogCommitDaemon starts the daemon now, without it. Unregister-CogCommitDaemon takes the file away.",
                    ErrorKind.Unavailable);
            }
        }
    }

    /// <summary>Has the system stop the daemon that it started, and forget it. What was never registered is no error.</summary>
    /// <exception cref="CogCommitException">UnregistrationIncomplete. The files are gone all the same, so that it starts no more.</exception>
    public void Unregister()
    {
        List<string> failures = [.. plan.Unregister.Select(Failure).OfType<string>()];
        foreach (var file in plan.Files)
        {
            try
            {
                if (Directory.Exists(Path.GetDirectoryName(file.Path)))
                {
                    File.Delete(file.Path);
                }
            }
            catch (Exception refused) when (FileErrors.IsRefusal(refused))
            {
                failures.Add($"'{file.Path}' could not be removed: {refused.Message}");
            }
        }

        failures.AddRange(plan.Afterwards.Select(Failure).OfType<string>());
        if (failures.Count > 0)
        {
            throw new CogCommitException(
                "UnregistrationIncomplete",
                $"The daemon starts at logon no more, but not all went well: {string.Join(' ', failures)} Stop-CogCommitDaemon stops one that runs.",
                ErrorKind.Unavailable);
        }
    }

    private string? Failure(LogonStep step)
    {
        var result = runner.Run(step.Call);
        return step.MayFail || result.Code == 0 ? null
            : result.Code is { } code ? $"`{step.Call}` ended with {code}{(result.Output.Length == 0 ? "." : $": {result.Output.TrimEnd('.')}.")}"
            : $"there is no program {step.Call.Program} here.";
    }

    private static string UnitFolder(string user)
    {
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        return Path.Combine(string.IsNullOrWhiteSpace(config) ? Path.Combine(user, ".config") : config, "systemd", "user");
    }

    private static void Write(LogonFile file)
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(file.Path)!);
            File.WriteAllText(file.Path, file.Text, file.IsUtf16 ? Encoding.Unicode : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException(
                "LogonFileNotWritten", $"'{file.Path}' could not be written: {refused.Message} The daemon is not registered. Mend that and try again.", ErrorKind.ReadOnly, refused);
        }
    }
}

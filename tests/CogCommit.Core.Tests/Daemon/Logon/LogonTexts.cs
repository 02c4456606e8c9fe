using CogCommit.Core.Daemon;
using CogCommit.Core.Daemon.Logon;

namespace CogCommit.Core.Tests.Daemon.Logon;

/// <summary>What texts are made of in these tests: a home whose name means something to every format.</summary>
internal static class LogonTexts
{
    public static LogonSettings Plain { get; } = new()
    {
        Program = new PowerShellProgram("/usr/bin/pwsh", []),
        Module = "/home/ada/.local/share/powershell/Modules/CogCommit",
        Launcher = "/home/ada/.cogcommit/daemon/start.sh",
        StartLog = "/home/ada/.cogcommit/logs/daemon-start.log",
    };

    public static LogonSettings Odd { get; } = new()
    {
        Program = new PowerShellProgram("/opt/Power Shell/dotnet", ["/opt/50%/pwsh.dll"]),
        Module = "/home/Jeanne d'Arc/CogCommit.psd1",
        Launcher = "/home/Jeanne \"d'Arc\" <$HOME> & %h \\/start.sh",
        StartLog = "/home/Jeanne <d'Arc>/start.log",
        Variables = [new("COGCOMMIT_HOME", "/home/Jeanne \"d'Arc\" <$HOME> & %h \\"), new("CLAUDE_CONFIG_DIR", "/x")],
    };
}

using System.Security;

namespace CogCommit.Core.Daemon.Logon;

/// <summary>A task of the Task Scheduler.</summary>
internal static class LogonTask
{
    public const string Name = "CogCommit daemon";

    /// <param name="settings">What it is made of.</param>
    /// <param name="user">Whose logon starts it, as <c>DOMAIN\name</c>.</param>
    /// <remarks>
    /// The logon type is that of somebody who is logged on. S4U ("do not store password") has neither the network's credentials nor what DPAPI
    /// protects, which the sign-in is.
    /// </remarks>
    public static string Text(LogonSettings settings, string user)
    {
        var arguments = string.Join(' ', settings.Program.Before.Select(Quoted).Append("-NoProfile -NonInteractive -WindowStyle Hidden -File").Append(Quoted(settings.Launcher)));
        return $"""
            <?xml version="1.0" encoding="UTF-16"?>
            <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
              <RegistrationInfo>
                <Description>Captures cognitive commits and keeps them in sync. Written by Register-CogCommitDaemon.</Description>
              </RegistrationInfo>
              <Triggers>
                <LogonTrigger>
                  <Enabled>true</Enabled>
                  <UserId>{Escaped(user)}</UserId>
                </LogonTrigger>
              </Triggers>
              <Principals>
                <Principal id="Author">
                  <UserId>{Escaped(user)}</UserId>
                  <LogonType>InteractiveToken</LogonType>
                  <RunLevel>LeastPrivilege</RunLevel>
                </Principal>
              </Principals>
              <Settings>
                <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
                <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
                <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
                <StartWhenAvailable>true</StartWhenAvailable>
                <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
                <Priority>7</Priority>
                <RestartOnFailure>
                  <Interval>PT1M</Interval>
                  <Count>255</Count>
                </RestartOnFailure>
              </Settings>
              <Actions Context="Author">
                <Exec>
                  <Command>{Escaped(settings.Program.Path)}</Command>
                  <Arguments>{Escaped(arguments)}</Arguments>
                </Exec>
              </Actions>
            </Task>

            """.ReplaceLineEndings("\r\n");
    }

    // A path of Windows has no quotes in it.
    private static string Quoted(string text) => $"\"{text}\"";

    private static string Escaped(string text) => SecurityElement.Escape(text);
}

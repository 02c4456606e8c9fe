namespace CogCommit.Core.Daemon.Logon;

/// <summary>By what a system starts a user's programs at logon.</summary>
public enum LogonKind
{
    Systemd,
    Launchd,
    TaskScheduler,
}

using System.Security;

namespace CogCommit.Core.Daemon.Logon;

/// <summary>An agent of launchd.</summary>
internal static class LaunchAgent
{
    public const string Label = "org.cogcommit.daemon";

    public static string Text(LogonSettings settings)
    {
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <!-- Written by Register-CogCommitDaemon. -->
            <plist version="1.0">
            <dict>
                <key>Label</key>
                <string>{Label}</string>
                <key>ProgramArguments</key>
                <array>
                    <string>/bin/sh</string>
                    <string>{Escaped(settings.Launcher)}</string>
                </array>
                <key>RunAtLoad</key>
                <true/>
                <key>KeepAlive</key>
                <dict>
                    <key>SuccessfulExit</key>
                    <false/>
                </dict>
                <key>ThrottleInterval</key>
                <integer>30</integer>
                <key>ProcessType</key>
                <string>Background</string>
                <key>StandardErrorPath</key>
                <string>{Escaped(settings.StartLog)}</string>
            </dict>
            </plist>

            """.ReplaceLineEndings("\n");
    }

    private static string Escaped(string text) => SecurityElement.Escape(text);
}

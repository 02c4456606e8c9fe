using System.Globalization;

namespace CogCommit.Core.Daemon.Logon;

/// <summary>A unit of the user's systemd.</summary>
internal static class SystemdUnit
{
    public static string Text(LogonSettings settings)
    {
        var launcher = Quoted(settings.Launcher).Replace("$", "$$", StringComparison.Ordinal);
        return $"""
            # Written by Register-CogCommitDaemon.
            [Unit]
            Description=CogCommit: captures cognitive commits and keeps them in sync

            [Service]
            ExecStart=/bin/sh {launcher}
            Restart=on-failure
            RestartSec=30
            TimeoutStopSec=60

            [Install]
            WantedBy=default.target

            """.ReplaceLineEndings("\n");
    }

    /// <summary>In double quotes, with what means something in there escaped: backslash, quote, control characters, and % of specifiers.</summary>
    private static string Quoted(string text) => $"\"{string.Concat(text.Select(c => c switch
    {
        '\\' or '"' => $"\\{c}",
        '%' => "%%",
        _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    }))}\"";
}

using System.Globalization;

namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>The tables beside those of commits and hits, as they are printed.</summary>
public sealed class OtherTableTests
{
    private const string Turn =
        "TurnId = 't'; SessionId = 's'; CommitId = 'c'; Role = 'assistant'; Timestamp = '2026-03-02T09:01:37Z'";

    private static string At => DateTimeOffset.Parse("2026-03-02T09:01:37Z", CultureInfo.InvariantCulture).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    [Fact]
    public void Turns() => Assert.Equal(
        [
            "Time             Role      Tools        Content",
            "----             ----      -----        -------",
            $"{At} assistant Bash Read    Two lines and a text that is longer th…",
            $"{At} assistant Bash         {{\"command\":\"npm test\"}}",
            $"{At} assistant              (interrupted) I look",
        ],
        Printed.Plain(80, $$"""
            & {
                $bash = [CogCommit.ToolCall]@{ Name = 'Bash'; Input = '{"command":"npm test"}' }
                [CogCommit.Turn]@{ {{Turn}}; Content = "Two`n  lines and a text that is longer than the line"; ToolCalls = [CogCommit.ToolCall[]]($bash, [CogCommit.ToolCall]@{ Name = 'Read'; Input = '{}' }) }
                [CogCommit.Turn]@{ {{Turn}}; Content = ''; ToolCalls = [CogCommit.ToolCall[]](, $bash) }
                [CogCommit.Turn]@{ {{Turn}}; Content = 'I look'; Interrupted = $true }
            }
            """));

    [Fact]
    public void Tool_calls() => Assert.Equal(
        [
            "Name         State Input                          Result",
            "----         ----- -----                          ------",
            "Bash         ok    {\"command\":\"npm test\"}         All passed",
            "mcp__server… error {}                             No such file",
            "Bash         open  {}",
        ],
        Printed.Plain(80, """
            & {
                [CogCommit.ToolCall]@{ Name = 'Bash'; Input = '{"command":"npm test"}'; Result = "All`npassed" }
                [CogCommit.ToolCall]@{ Name = 'mcp__server__a_long_name'; Input = '{}'; Result = 'No such file'; IsError = $true }
                [CogCommit.ToolCall]@{ Name = 'Bash'; Input = '{}'; Result = [NullString]::Value }
            }
            """));

    [Fact]
    public void Sessions() => Assert.Equal(
        [
            "Session  Commit   Started          Turns Agent session",
            "-------  ------   -------          ----- -------------",
            $"aaaa0001 bbbb0001 {At}    12 4f1c2a90-6b7d-4e21-9c35-8a0d5b1e7f42",
            $"aaaa0002 bbbb0001 {At}     4 subagent a41c9e2 of 4f1c2a90",
        ],
        Printed.Plain(80, """
            & {
                $times = @{ StartedAt = '2026-03-02T09:01:37Z'; EndedAt = '2026-03-02T09:02:37Z'; CommitId = 'bbbb0001-0000' }
                [CogCommit.Session](@{ SessionId = 'aaaa0001-0000'; TurnCount = 12; AgentSessionId = '4f1c2a90-6b7d-4e21-9c35-8a0d5b1e7f42' } + $times)
                [CogCommit.Session](@{ SessionId = 'aaaa0002-0000'; TurnCount = 4; AgentSessionId = '4f1c2a90-6b7d-4e21-9c35-8a0d5b1e7f42/a41c9e2'; IsSubagent = $true } + $times)
            }
            """));

    [Fact]
    public void The_plan_of_a_push() => Assert.Equal(
        [
            "Commit   Action     Turns      Size Project        Title",
            "------   ------     -----      ---- -------        -----",
            "aaaa0001 push          12    1.2 KB lighthouse     Give every lamp of the harb…",
            "aaaa0002 over_limit     1      67 B -              Short",
        ],
        Printed.Plain(80, """
            & {
                [CogCommit.PushPlanItem]@{ CommitId = 'aaaa0001-0000'; Title = 'Give every lamp of the harbour its own rhythm'; ProjectName = 'lighthouse'; Action = 'push'; Turns = 12; Bytes = 1180 }
                [CogCommit.PushPlanItem]@{ CommitId = 'aaaa0002-0000'; Title = 'Short'; Action = 'over_limit'; Turns = 1; Bytes = 67 }
            }
            """));

    [Fact]
    public void Conflicts() => Assert.Equal(
        [
            "Id       Commit    Met Stands Local | Cloud",
            "--       ------    --- ------ -------------",
            "aaaa0001 bbbb0001   3h Cloud  Title: one | two; Hidden: True | -",
            "aaaa0002 bbbb0001   3h Local  (resolved) Title: one | two; Hidden: True | -",
        ],
        Printed.Plain(80, """
            & {
                $fields = [CogCommit.CommitConflictField[]](
                    [CogCommit.CommitConflictField]@{ Field = 'Title'; Local = 'one'; Cloud = 'two' }, [CogCommit.CommitConflictField]@{ Field = 'Hidden'; Local = $true })
                $both = @{ CommitId = 'bbbb0001-0000'; Title = 'T'; Fields = $fields; LostSide = 'Local'; ArchivedAt = [DateTimeOffset]::UtcNow.AddHours(-3.5); RestorableUntil = [DateTimeOffset]::UtcNow }
                [CogCommit.CommitConflict](@{ Id = 'aaaa0001-0000'; Stands = 'Cloud' } + $both)
                [CogCommit.CommitConflict](@{ Id = 'aaaa0002-0000'; Stands = 'Local'; ResolvedAt = [DateTimeOffset]::UtcNow } + $both)
            }
            """));

    [Fact]
    public void Settings_break_between_words() => Assert.Equal(
        [
            "Key               Value                    Description",
            "---               -----                    -----------",
            "exclude-projects  a*, b                    Names of projects, wildcards",
            "                                           allowed, whose transcripts are never",
            "                                           read.",
        ],
        Printed.Plain(80, "[CogCommit.ConfigEntry]@{ Key = 'exclude-projects'; Value = [string[]]('a*', 'b'); Description = 'Names of projects, wildcards allowed, whose transcripts are never read.' }"));

    [Fact]
    public void Checks_say_below_what_to_type() => Assert.Equal(
        [
            "Check       Status  Detail",
            "-----       ------  ------",
            "SignIn      Warning Nobody is signed in, so that everything that is captured",
            "                    stays on this machine.",
            "                    -> Connect-CogCommit -Url <address> -AnonKey <key>",
        ],
        Printed.Plain(80, """
            [CogCommit.HealthCheck]@{ Check = 'SignIn'; Status = 'Warning'; Detail = 'Nobody is signed in, so that everything that is captured stays on this machine.'
                Fix = 'Connect-CogCommit -Url <address> -AnonKey <key>' }
            """));

    [Fact]
    public void Bad_lines_keep_the_end_of_the_path() => Assert.Equal(
        [
            "File                                        Line Reason",
            "----                                        ---- ------",
            "…b0b0b-1111-2222-3333-444444444444.jsonl     123 torn",
        ],
        Printed.Plain(80, "[CogCommit.BadLine]::new('/home/ann/.claude/projects/-home-ann-lighthouse/0b0b0b0b-1111-2222-3333-444444444444.jsonl', 123, 'torn')"));
}

namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>Scripts that make objects as the cmdlets return them, of ages that stay the same while a test runs.</summary>
internal static class Made
{
    /// <summary>A commit of three and a half hours ago; <paramref name="more"/> are further properties, or others for these.</summary>
    public static string Commit(string id, string title, string more = "") => $$"""
        & {
            $made = @{
                Id = '{{id}}-0000-5000-8000-000000000000'; Title = "{{title}}"; ProjectName = 'lighthouse'; GitHash = 'abcdef0123'; SyncStatus = 'synced'
                StartedAt = [DateTimeOffset]::UtcNow.AddHours(-3.5); ClosedAt = [DateTimeOffset]::UtcNow; ClosedBy = 'git_commit'; Source = 'claude_code'
                UpdatedAt = [DateTimeOffset]::UtcNow
            }
            foreach ($pair in @{ {{more}} }.GetEnumerator()) { $made[$pair.Key] = $pair.Value }
            [CogCommit.CognitiveCommit] $made
        }
        """;

    /// <summary>A hit of two days ago, the match between STX and ETX as the store has them.</summary>
    public static string Hit(string marked, string project = "'harbour'") => $$"""
        & {
            $hit = [CogCommit.SearchHit]::new("{{marked.Replace("<", "$([char]2)", StringComparison.Ordinal).Replace(">", "$([char]3)", StringComparison.Ordinal)}}")
            $hit.CommitId = '11112222-0000-5000-8000-000000000000'; $hit.Title = 'A title'; $hit.ProjectName = {{project}}; $hit.Role = 'assistant'
            $hit.Timestamp = [DateTimeOffset]::UtcNow.AddHours(-50)
            $hit
        }
        """;
}

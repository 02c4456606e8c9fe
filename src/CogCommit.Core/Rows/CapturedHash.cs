using CogCommit.Core.Store;

namespace CogCommit.Core.Rows;

/// <summary>
/// The content hash of captured rows: the same on every machine that imports the same transcripts, and with the revision what decides
/// which of two rows stays (design 6). 32 hex digits; opaque to everybody but us. Revisions are not part of it.
/// </summary>
internal static class CapturedHash
{
    public static string Of(CapturedCommit row)
    {
        using var form = new CanonicalForm("commit 1");
        return form
            .Add(row.Id).Add(row.Source).Add(row.AgentSessionId)
            .Add(row.Branch).Add(row.GitHash).Add(row.GitHashes).Add(row.GitSubject)
            .Add(row.StartedAt).Add(row.ClosedAt).Add(row.ClosedBy).Add(row.ClosedAfter)
            .Add(row.FilesRead).Add(row.FilesChanged).Add(row.DerivedTitle)
            .ToHash();
    }

    /// <summary>Of a commit as it stands in the store.</summary>
    /// <exception cref="FormatException">A time of it is none.</exception>
    public static string Of(string id, CapturedFields row) => Of(new CapturedCommit
    {
        Id = id,
        Source = row.Source,
        AgentSessionId = row.AgentSessionId,
        Branch = row.Branch,
        GitHash = row.GitHash,
        GitHashes = JsonText.ReadList(row.GitHashes),
        GitSubject = row.GitSubject,
        StartedAt = Timestamps.Parse(row.StartedAt),
        ClosedAt = Timestamps.Parse(row.ClosedAt),
        ClosedBy = row.ClosedBy,
        ClosedAfter = row.ClosedAfter,
        FilesRead = JsonText.ReadList(row.FilesRead),
        FilesChanged = JsonText.ReadList(row.FilesChanged),
        DerivedTitle = row.DerivedTitle,
    });

    public static string Of(CapturedSession row)
    {
        using var form = new CanonicalForm("session 1");
        return form
            .Add(row.Id).Add(row.CommitId).Add(row.AgentSessionId).Add(row.IsSubagent)
            .Add(row.StartedAt).Add(row.EndedAt)
            .ToHash();
    }

    public static string Of(CapturedTurn row)
    {
        using var form = new CanonicalForm("turn 1");
        form.Add(row.Id).Add(row.SessionId).Add(row.Ordinal).Add(row.Role)
            .Add(row.Content).Add(row.Timestamp).Add(row.Model)
            .Count(row.ToolCalls.Count);
        foreach (var call in row.ToolCalls)
        {
            form.Add(call.ToolUseId).Add(call.Name).Add(call.Input).Add(call.Result).Add(call.IsError);
        }

        form.Add(row.Interrupted).Add(row.TriggersVisual).Add(row.Usage is not null);
        if (row.Usage is { } usage)
        {
            form.Add(usage.InputTokens).Add(usage.OutputTokens).Add(usage.CacheCreationInputTokens).Add(usage.CacheReadInputTokens);
        }

        return form.ToHash();
    }

    public static string Of(CapturedVisual row)
    {
        using var form = new CanonicalForm("visual 1");
        form.Add(row.Id).Add(row.CommitId).Add(row.TurnId).Add(row.Type)
            .Add(row.Mime).Add(row.ContentHash).Add(row.ByteSize).Add(row.CapturedAt).Add(row.Caption);
        return (row.DeletedAt is null ? form : form.Add(row.DeletedAt)).ToHash();
    }

    /// <summary>Of a picture as it travels.</summary>
    /// <exception cref="FormatException">A time of it is none.</exception>
    public static string Of(VisualRow row) => Of(new CapturedVisual
    {
        Id = row.Id,
        CommitId = row.CommitId,
        TurnId = row.TurnId,
        Type = row.Type,
        Mime = row.Mime,
        ContentHash = row.ContentHash,
        ByteSize = row.ByteSize,
        CapturedAt = Timestamps.Parse(row.CapturedAt),
        Caption = row.Caption,
        DeletedAt = row.DeletedAt is { } deleted ? Timestamps.Parse(deleted) : null,
    });
}

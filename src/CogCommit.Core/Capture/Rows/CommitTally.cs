namespace CogCommit.Core.Capture.Rows;

/// <summary>What an import changed, counted for its summary.</summary>
internal sealed class CommitTally
{
    private HashSet<string> _touched = [];

    public HashSet<string> New { get; } = [];

    public HashSet<string> Updated { get; } = [];

    /// <summary>How many new turns each commit got.</summary>
    public Dictionary<string, int> NewTurns { get; } = [];

    /// <summary>Commits that a git commit closed, or another one than before.</summary>
    public HashSet<string> Closed { get; } = [];

    public int TurnsNew { get; private set; }

    public int Prompts { get; private set; }

    /// <summary>Commits whose place in time or whose turns changed: whether they were parallel is asked again.</summary>
    public HashSet<string> Moved { get; } = [];

    public void Commit(string id, Written written)
    {
        if (written == Written.New)
        {
            New.Add(id);
        }
        else if (written == Written.Updated && !New.Contains(id))
        {
            Updated.Add(id);
        }

        if (written != Written.Unchanged)
        {
            _touched.Add(id);
            Moved.Add(id);
        }
    }

    public void Turn(string commitId, Written written, bool isPrompt)
    {
        if (written == Written.New)
        {
            TurnsNew++;
            NewTurns[commitId] = NewTurns.GetValueOrDefault(commitId) + 1;
            Prompts += isPrompt ? 1 : 0;
        }

        if (written != Written.Unchanged)
        {
            Touch(commitId);
            if (!New.Contains(commitId))
            {
                Updated.Add(commitId);
            }
        }
    }

    /// <summary>Agent sessions of which another machine's shorter text stands in a row that theirs would win: their transcripts are read again.</summary>
    public HashSet<string> Behind { get; } = [];

    public void Touch(string commitId) => _touched.Add(commitId);

    public void Gone(string commitId)
    {
        New.Remove(commitId);
        Updated.Remove(commitId);
        NewTurns.Remove(commitId);
        Closed.Remove(commitId);
        _touched.Remove(commitId);
        Moved.Remove(commitId);
    }

    /// <summary>The commits whose totals have to be counted again.</summary>
    public IEnumerable<string> TakeTouched()
    {
        var touched = _touched;
        _touched = [];
        return touched;
    }
}

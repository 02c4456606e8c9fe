namespace CogCommit.Core.Capture.Fold;

// Tool results: to their calls, wherever those stand (rule 4); the commits git made (rule 5); the subagents they name (rule 8).
internal sealed partial class SessionFold
{
    private void FoldResult(TranscriptRecord record, ToolResult result, DateTimeOffset time)
    {
        if (window.Call(result.ToolUseId) is not { } call)
        {
            return;
        }

        Belongs(record, call.Ordinal);
        if (window.Turn(call.Ordinal) is { } turn && turn.Calls.Find(known => known.Id == call.Id) is { } known)
        {
            if (!Holds(turn))
            {
                known.Result = result.Text;
                known.IsError = result.IsError;
                turn.HasImages |= result.Images.Count > 0;
            }

            Touch(turn, record);
            AddImages(turn.Id, result.Images, time);
        }

        if (result.BackgroundId is { } background)
        {
            window.Put(call with { BackgroundId = background });
        }

        if (result.AgentId is { } agent)
        {
            FoldAgent(agent, call.Id);
        }

        var made = (result.FetchedId ?? call.Fetches) is { } fetched && window.Background(fetched) is { } origin ? origin : call;
        if (made.Git != GitUse.None)
        {
            FoldClosings(made, result, time);
        }
    }

    private void FoldClosings(CallEntry call, ToolResult result, DateTimeOffset time)
    {
        IEnumerable<string?> outputs = [result.Text, result.Stdout, result.SpilledPath is { } path ? window.Spilled(path) : null];
        foreach (var line in outputs.OfType<string>().SelectMany(rules.ReadGitCommits))
        {
            if (!window.HasClosing(call.Id, line.Hash))
            {
                window.Closings.Add(new Closing(
                    state.Closings++, call.Id, call.Ordinal, state.Next - 1, line.Hash, line.Subject,
                    call.Git == GitUse.Amends, time, state.Records));
            }
        }
    }

    private void FoldAgent(string agentId, string callId)
    {
        if (window.Agent(agentId) is null && window.Call(callId) is { } call)
        {
            state.Records++;
            window.Agents[agentId] = new AgentEntry(agentId, call.Ordinal, state.Records);
        }
    }
}

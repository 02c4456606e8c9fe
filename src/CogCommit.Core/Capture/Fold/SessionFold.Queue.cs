namespace CogCommit.Core.Capture.Fold;

// Prompts typed while the agent was at work (rule 2).
internal sealed partial class SessionFold
{
    private void FoldQueueOperation(TranscriptRecord record, DateTimeOffset time)
    {
        switch (record.Operation)
        {
            case "enqueue":
                state.Queue.Add(new QueuedText(record.Text is { } text ? rules.ReadQueued(text) : null, time));
                break;
            case "dequeue":
                Take(record.Text, notification: true);
                break;
            case "popAll":
                state.Queue.Clear();
                break;
            case "remove":
                FoldRemove(record, time);
                break;
        }
    }

    private void FoldRemove(TranscriptRecord record, DateTimeOffset time)
    {
        var queued = Take(record.Text, notification: false);
        var text = record.Text is { } own ? rules.ReadQueued(own) : queued?.Text;
        if (record.Reason is not (null or "absorbed_mid_turn") || text is null || rules.IsBareCommand(text))
        {
            return;
        }

        var id = IdOf($"{Timestamps.ToText(queued?.Time ?? time)}\n{text}");
        if (Remember(id) && !OtherHalf(text, isAttachment: true, out _))
        {
            state.Halves.Add(new HalfSeen(id, text, IsAttachment: false, state.Next));
            AddPending(new PendingPrompt(id, text, queued?.Time ?? time, record.GitBranch, ++state.Records));
        }
    }

    private void FoldQueuedCommand(TranscriptRecord record, DateTimeOffset time)
    {
        var text = record.Text is { } own ? rules.ReadQueued(own) : null;
        if (text is null && record.Images.Count == 0)
        {
            return;
        }

        text ??= "";
        var id = IdOf(record.Uuid ?? $"{Timestamps.ToText(time)}\n{text}");
        if (record.Uuid is null && !Remember(id))
        {
            return;
        }

        if (OtherHalf(text, isAttachment: false, out var half))
        {
            // The attachment's id is the better one, as long as the prompt has no place.
            var index = state.Pending.FindIndex(prompt => prompt.Id == half!.Id);
            if (index < 0)
            {
                return;
            }

            state.Pending[index] = state.Pending[index] with { Id = id, Branch = record.GitBranch ?? state.Pending[index].Branch };
        }
        else
        {
            state.Halves.Add(new HalfSeen(id, text, IsAttachment: true, state.Next));
            AddPending(new PendingPrompt(id, text, time, record.GitBranch, state.Records));
        }

        AddImages(id, record.Images, time);
    }

    private void AddPending(PendingPrompt prompt) => state.Pending.Add(prompt);

    /// <summary>The next message of the agent places what it absorbed directly before itself.</summary>
    private void PlacePending()
    {
        foreach (var prompt in state.Pending)
        {
            var turn = Draft(prompt, state.Next++, provisional: false);
            window.Put(turn);
            if (window.HasRecord(turn.Id))
            {
                window.Records[turn.Id] = turn.Ordinal;
            }
        }

        state.Pending.Clear();
    }

    // While it has no place, every record may move it: so every record counts.
    private TurnDraft Draft(PendingPrompt prompt, int ordinal, bool provisional) => new()
    {
        Id = prompt.Id,
        Ordinal = ordinal,
        IsPrompt = true,
        Timestamp = prompt.Time,
        Created = prompt.Created,
        Touched = state.Records,
        Content = prompt.Text,
        Branch = prompt.Branch,
        Provisional = provisional,
    };

    /// <summary>The queue's entry with this text, else its oldest one; without <paramref name="notification"/> the oldest prompt.</summary>
    private QueuedText? Take(string? text, bool notification)
    {
        var prompt = text is null ? null : rules.ReadQueued(text);
        var index = text is not null
            ? state.Queue.FindIndex(queued => queued.Text == prompt)
            : state.Queue.FindIndex(queued => notification || queued.Text is not null);
        if (index < 0)
        {
            return null;
        }

        var taken = state.Queue[index];
        state.Queue.RemoveAt(index);
        return taken;
    }

    /// <summary>
    /// Remove and attachment with the same text are one prompt. They come close together: what is two turns back is another prompt
    /// that happens to say the same.
    /// </summary>
    private bool OtherHalf(string text, bool isAttachment, out HalfSeen? half)
    {
        state.Halves.RemoveAll(seen => seen.Next + state.Pending.Count + 2 < state.Next);
        half = state.Halves.Find(seen => seen.IsAttachment == isAttachment && seen.Text == text);
        return half is not null && state.Halves.Remove(half);
    }
}

namespace CogCommit.Core.Capture.Fold;

/// <summary>
/// Folds the records of one agent session into turns, in the order of the file: state and record in, changed turns out. Pure but for
/// what it asks its memory. Records of which it has seen the uuid are passed over.
/// </summary>
internal sealed partial class SessionFold(IAgentRules rules, string key, bool isSubagent, FoldState state, FoldWindow window)
{
    /// <param name="record">A record of this agent session.</param>
    /// <param name="time">Its time, or the one that stands in for it.</param>
    public void Fold(TranscriptRecord record, DateTimeOffset time)
    {
        state.Cwd ??= record.Cwd;
        switch (record.Kind)
        {
            case RecordKind.User when Begin(record):
                FoldUser(record, time);
                break;
            case RecordKind.Assistant when record.Model != "<synthetic>" && Begin(record):
                state.AfterCaveat = false;
                FoldAssistant(record, time);
                break;
            case RecordKind.QueuedCommand when !record.IsMeta && Begin(record):
                FoldQueuedCommand(record, time);
                break;
            case RecordKind.QueueOperation:
                FoldQueueOperation(record, time);
                break;
            case RecordKind.AgentProgress when record is { AgentId: { } agent, ParentToolUseId: { } call }:
                FoldAgent(agent, call);
                break;
        }
    }

    /// <summary>The queued prompts without a place, where they stand for now.</summary>
    public IEnumerable<TurnDraft> Provisional() => state.Pending.Select((prompt, i) => Draft(prompt, state.Next + i, provisional: true));

    /// <summary>Counts the record, unless it was folded before.</summary>
    private bool Begin(TranscriptRecord record)
    {
        if (record.Uuid is { } uuid)
        {
            if (window.HasRecord(uuid))
            {
                return false;
            }

            window.Records.Add(uuid, null);
        }

        state.Records++;
        return true;
    }

    private void Belongs(TranscriptRecord record, int ordinal)
    {
        if (record.Uuid is { } uuid)
        {
            window.Records[uuid] = ordinal;
        }
    }

    private void FoldUser(TranscriptRecord record, DateTimeOffset time)
    {
        foreach (var result in record.ToolResults)
        {
            FoldResult(record, result, time);
        }

        var afterCaveat = state.AfterCaveat;
        state.AfterCaveat = false;
        if (isSubagent)
        {
            FoldTask(record, time);
            return;
        }

        var reading = rules.ReadPrompt(record, afterCaveat);
        state.AfterCaveat = reading.IsCaveat;
        if (reading.IsInterruption && state.LastAnswer is { } ordinal && window.Turn(ordinal) is { } answer)
        {
            answer.Interrupted |= !Holds(answer);
            Touch(answer, record);
            Belongs(record, ordinal);
        }

        if (reading.Text is { } text || HasPictures(record))
        {
            AddPrompt(record, reading.Text ?? "", time);
        }
    }

    // What an agent asks its subagent is no prompt of a person, but it is a turn.
    private void FoldTask(TranscriptRecord record, DateTimeOffset time)
    {
        var reading = rules.ReadPrompt(record, afterCaveat: false);
        if (reading.Text is { } text)
        {
            AddPrompt(record, text, time);
        }
    }

    private static bool HasPictures(TranscriptRecord record) => record.Images.Count > 0 && !record.IsMeta && !record.IsCompactSummary;

    private void AddPrompt(TranscriptRecord record, string text, DateTimeOffset time)
    {
        var turn = new TurnDraft
        {
            Id = IdOf(record.Uuid ?? $"{Timestamps.ToText(time)}\n{text}"),
            Ordinal = state.Next,
            IsPrompt = true,
            Timestamp = time,
            Created = state.Records,
            Content = text,
            HasImages = record.Images.Count > 0,
        };
        if (record.Uuid is null && !Remember(turn.Id))
        {
            return;
        }

        state.Next++;
        Touch(turn, record);
        Belongs(record, turn.Ordinal);
        AddImages(turn.Id, record.Images, time);
    }

    private void FoldAssistant(TranscriptRecord record, DateTimeOffset time)
    {
        // A record without a message is its own (rule 3).
        var messageId = record.MessageId ?? $"record {record.Uuid ?? Timestamps.ToText(time)}";
        var message = window.Message(messageId);
        if (message is null)
        {
            PlacePending();
            message = new MessageEntry(messageId, record.Uuid ?? messageId, time);
        }

        if (record.Usage is { } usage && (message.Usage is null || usage.OutputTokens > message.Usage.OutputTokens))
        {
            message = message with { Usage = usage };
        }

        var says = !string.IsNullOrWhiteSpace(record.Text) || record.ToolUses.Count > 0;
        if (message.Ordinal is null && says)
        {
            message = message with { Ordinal = state.Next };
            window.Put(new TurnDraft
            {
                Id = IdOf(message.Uuid),
                Ordinal = state.Next++,
                IsPrompt = false,
                Timestamp = message.Time,
                Created = state.Records,
            });
        }

        window.Messages[messageId] = message;
        if (message.Ordinal is { } ordinal)
        {
            if (says)
            {
                state.LastAnswer = Math.Max(state.LastAnswer ?? 0, ordinal);
            }

            Belongs(record, ordinal);
            foreach (var call in record.ToolUses)
            {
                Remember(call, ordinal);
            }

            if (window.Turn(ordinal) is { } turn)
            {
                Add(turn, record, message);
            }
        }
    }

    private void Add(TurnDraft turn, TranscriptRecord record, MessageEntry message)
    {
        if (Holds(turn))
        {
            Touch(turn, record);
            return;
        }

        if (!string.IsNullOrWhiteSpace(record.Text))
        {
            turn.Content = turn.Content.Length == 0 ? record.Text : $"{turn.Content}\n{record.Text}";
        }

        foreach (var call in record.ToolUses)
        {
            if (!turn.Calls.Exists(known => known.Id == call.Id))
            {
                turn.Calls.Add(new CallDraft { Id = call.Id, Name = call.Name, Input = call.Input });
            }
        }

        turn.Model ??= record.Model;
        turn.Usage = message.Usage;
        Touch(turn, record);
    }

    private void Remember(ToolUse call, int ordinal)
    {
        if (window.Call(call.Id) is null)
        {
            window.Put(new CallEntry(call.Id, ordinal, rules.ReadGitUse(call)) { Fetches = rules.ReadFetch(call) });
        }
    }

    /// <summary>The turn's text says already what this record says.</summary>
    private bool Holds(TurnDraft turn) => turn.Holds >= state.Records;

    private void Touch(TurnDraft turn, TranscriptRecord record)
    {
        turn.Touched = state.Records;
        turn.Branch = record.GitBranch ?? turn.Branch;
        window.Put(turn);
    }

    private void AddImages(string turnId, IReadOnlyList<CapturedImage> images, DateTimeOffset time)
    {
        foreach (var image in images)
        {
            window.Images.Add(new ImageEntry(window.Images.Count, turnId, image, time));
        }
    }

    /// <summary>For what has no uuid of its own: true the first time.</summary>
    private bool Remember(string id)
    {
        if (window.HasRecord(id))
        {
            return false;
        }

        window.Records.Add(id, null);
        return true;
    }

    private string IdOf(string id) => Ids.OfRecord(rules.Source, key, id);
}

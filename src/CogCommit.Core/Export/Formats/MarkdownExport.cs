using System.Net;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Formats;

/// <summary>For reading on GitHub: prompts are quotes, tool calls fold away.</summary>
internal sealed class MarkdownExport(StoreFile store, TextWriter to) : ExportDocument(store, to)
{
    private protected override void Begin()
    {
    }

    private protected override void Commit(ExportedCommit commit, CommitView rows, CancellationToken cancellation)
    {
        if (Commits > 1)
        {
            Line("\n---\n");
        }

        Line($"# {MarkdownText.Plain(commit.Title)}\n");
        Line("| | |\n| --- | --- |");
        foreach (var (name, value, isCode) in CommitFacts.Of(commit))
        {
            // A pipe ends a cell, in code too.
            Line($"| {name} | {(isCode ? MarkdownText.Code(value).Replace("|", "\\|", StringComparison.Ordinal) : MarkdownText.Plain(value))} |");
        }

        Line("");
        Files("Files changed", commit.Captured.FilesChanged);
        Files("Files read", commit.Captured.FilesRead);

        var sessions = rows.Sessions(commit.Id);
        var illustrated = rows.TurnsWithVisuals(commit.Id);
        foreach (var session in sessions)
        {
            Line(session.IsSubagent ? $"## Subagent {MarkdownText.Plain(session.AgentSessionId ?? session.Id)}\n"
                : sessions.Count(other => !other.IsSubagent) > 1 ? $"## Session {MarkdownText.Plain(session.AgentSessionId ?? session.Id)}\n"
                : "## Conversation\n");
            foreach (var turn in rows.Turns(session.Id))
            {
                cancellation.ThrowIfCancellationRequested();
                Turn(turn, session, illustrated.Contains(turn.Id) ? rows.VisualsOfTurn(commit.Id, turn.Id) : []);
            }
        }

        foreach (var visual in rows.Visuals(commit.Id).Where(visual => visual.Row.TurnId is null || !illustrated.Contains(visual.Row.TurnId)))
        {
            Visual(visual.Row);
        }
    }

    private protected override void End()
    {
    }

    private void Turn(TurnRow turn, SessionRow session, IEnumerable<Picture> visuals)
    {
        var isPrompt = turn.Role == "user";
        var who = !isPrompt ? turn.Model ?? "Agent" : session.IsSubagent ? "Task" : "You";
        Line($"### {MarkdownText.Plain(who)} · {CommitFacts.Clock(turn.Timestamp)}\n");
        if (!string.IsNullOrWhiteSpace(turn.Content))
        {
            Line(isPrompt ? MarkdownText.Quote(MarkdownText.Prose(turn.Content, keepLines: true).TrimEnd('\n')) + "\n" : MarkdownText.Prose(turn.Content));
        }

        foreach (var visual in visuals)
        {
            Visual(visual.Row);
        }

        foreach (var call in ToolCallView.All(turn.ToolCalls))
        {
            Call(call);
        }

        if (turn.Interrupted)
        {
            Line("*Interrupted by the user.*\n");
        }
    }

    private void Call(ToolCallView call)
    {
        var brief = call.Brief.Length > 0 ? $" <code>{WebUtility.HtmlEncode(call.Brief)}</code>" : "";
        Line($"<details>\n<summary><b>{WebUtility.HtmlEncode(call.Name)}</b>{brief}{(call.IsError ? " (failed)" : "")}</summary>\n");
        foreach (var member in call.Input.Where(member => !member.IsBlock))
        {
            Line($"- {MarkdownText.Plain(member.Name)}: {(member.Text.Length == 0 ? "(empty)" : MarkdownText.Code(member.Text))}");
        }

        Line("");
        foreach (var member in call.Input.Where(member => member.IsBlock))
        {
            Line($"{(member.Name.Length == 0 ? "Input" : MarkdownText.Plain(member.Name))}:\n");
            Line(MarkdownText.Fence(member.Text, member.Name == "command" ? "sh" : ""));
        }

        if (call.Result is { } result)
        {
            Line(result.Length == 0 ? "Result: (empty)\n" : $"Result:\n\n{MarkdownText.Fence(result)}");
        }

        Line("</details>\n");
    }

    private void Files(string name, string json)
    {
        if (CommitFacts.List(json) is not { Count: > 0 } files)
        {
            return;
        }

        Line($"<details>\n<summary>{name}: {files.Count}</summary>\n");
        foreach (var file in files)
        {
            Line($"- {MarkdownText.Code(file)}");
        }

        Line("\n</details>\n");
    }

    // GitHub shows no embedded pictures.
    private void Visual(VisualRow visual) => Line(
        $"*Picture: {MarkdownText.Plain(visual.Caption ?? visual.Type)}, {MarkdownText.Plain(visual.Mime ?? "unknown type")}, {visual.ByteSize} bytes. The Html and Json exports hold it.*\n");

    private void Line(string text)
    {
        To.Write(text);
        To.Write('\n');
    }
}

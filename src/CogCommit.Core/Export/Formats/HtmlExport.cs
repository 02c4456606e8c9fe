using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Formats;

/// <summary>
/// One page that needs nothing else. All foreign text is encoded; beyond that the page's own policy forbids every script and every
/// request, so that an oversight here could still run nothing.
/// </summary>
internal sealed class HtmlExport(StoreFile store, TextWriter to) : ExportDocument(store, to)
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    // Shown as pictures. SVG is not among them: it is a document, with scripts.
    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    private protected override void Begin()
    {
        Line("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">");
        Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>CogCommit</title>");
        Line($"<style>\n{HtmlPage.Style}</style>\n</head>\n<body>");
    }

    private protected override void Commit(ExportedCommit commit, CommitView rows, CancellationToken cancellation)
    {
        Line($"<article>\n<h1>{HtmlText.Encode(commit.Title)}</h1>\n<dl>");
        foreach (var (name, value, isCode) in CommitFacts.Of(commit))
        {
            var text = HtmlText.Encode(value);
            Line($"<dt>{name}</dt><dd>{(isCode ? $"<code>{text}</code>" : text)}</dd>");
        }

        Line("</dl>");
        Files("Files changed", commit.Captured.FilesChanged);
        Files("Files read", commit.Captured.FilesRead);
        var sessions = rows.Sessions(commit.Id);
        var illustrated = rows.TurnsWithVisuals(commit.Id);
        foreach (var session in sessions)
        {
            var name = HtmlText.Encode(session.AgentSessionId ?? session.Id);
            Line(session.IsSubagent ? $"<h2>Subagent <code>{name}</code></h2>"
                : sessions.Count(other => !other.IsSubagent) > 1 ? $"<h2>Session <code>{name}</code></h2>"
                : "<h2>Conversation</h2>");
            foreach (var turn in rows.Turns(session.Id))
            {
                cancellation.ThrowIfCancellationRequested();
                Turn(turn, session, illustrated.Contains(turn.Id) ? rows.VisualsOfTurn(commit.Id, turn.Id) : []);
            }
        }

        Others(rows, commit.Id, illustrated);
        Line("</article>");
    }

    private protected override void End() => Line("</body>\n</html>");

    private void Turn(TurnRow turn, SessionRow session, IEnumerable<Picture> visuals)
    {
        var isPrompt = turn.Role == "user";
        var who = !isPrompt ? turn.Model ?? "Agent" : session.IsSubagent ? "Task" : "You";
        Line($"<section class=\"turn{(isPrompt ? " prompt" : "")}\">\n<header><b>{HtmlText.Encode(who)}</b> · {CommitFacts.Clock(turn.Timestamp)}</header>");
        if (!string.IsNullOrWhiteSpace(turn.Content))
        {
            To.Write(HtmlText.Prose(turn.Content));
        }

        foreach (var visual in visuals)
        {
            Visual(visual);
        }

        foreach (var call in ToolCallView.All(turn.ToolCalls))
        {
            Call(call);
        }

        if (turn.Interrupted)
        {
            Line("<p class=\"note\">Interrupted by the user.</p>");
        }

        Line("</section>");
    }

    private void Call(ToolCallView call)
    {
        var brief = call.Brief.Length > 0 ? $" <code>{HtmlText.Encode(call.Brief)}</code>" : "";
        Line($"<details{(call.IsError ? " class=\"failed\"" : "")}><summary><b>{HtmlText.Encode(call.Name)}</b>{brief}{(call.IsError ? " failed" : "")}</summary>");
        Line("<dl>");
        foreach (var member in call.Input)
        {
            var name = HtmlText.Encode(member.Name.Length == 0 ? "input" : member.Name);
            Line($"<dt>{name}</dt><dd>{(member.IsBlock ? Block(member.Text) : $"<code>{HtmlText.Encode(member.Text)}</code>")}</dd>");
        }

        if (call.Result is { } result)
        {
            Line($"<dt>result</dt><dd>{(result.Length == 0 ? "(empty)" : Block(result))}</dd>");
        }

        Line("</dl></details>");
    }

    private void Files(string name, string json)
    {
        if (CommitFacts.List(json) is { Count: > 0 } files)
        {
            Line($"<details><summary>{name}: {files.Count}</summary>{Block(string.Join('\n', files))}</details>");
        }
    }

    /// <summary>Pictures that no turn here claims.</summary>
    private void Others(CommitView rows, string commitId, IReadOnlySet<string> illustrated)
    {
        var any = false;
        foreach (var visual in rows.Visuals(commitId).Where(visual => visual.Row.TurnId is null || !illustrated.Contains(visual.Row.TurnId)))
        {
            if (!any)
            {
                any = true;
                Line("<h2>Pictures</h2>");
            }

            Visual(visual);
        }
    }

    private void Visual(Picture picture)
    {
        var visual = picture.Row;
        var caption = HtmlText.Encode($"{visual.Caption ?? visual.Type}, {CommitFacts.Clock(visual.CapturedAt)}");
        var shown = picture.Data is { } data && Pictures.Contains(visual.Mime)
            ? $"<img alt=\"{caption}\" src=\"data:{visual.Mime};base64,{Convert.ToBase64String(data)}\">"
            : $"<p class=\"note\">Not shown: {HtmlText.Encode(visual.Mime ?? "unknown type")}, {visual.ByteSize} bytes{(picture.Data is null ? ", not on this machine" : "")}.</p>";
        Line($"<figure>{shown}<figcaption>{caption}</figcaption></figure>");
    }

    // A newline right behind <pre> is dropped by HTML; one more keeps the text's own.
    private static string Block(string text) => $"<pre>\n{HtmlText.Encode(text)}</pre>";

    private void Line(string text)
    {
        To.Write(text);
        To.Write('\n');
    }
}

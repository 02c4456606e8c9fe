using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Capture.Memory;

/// <summary>What the store remembers of one agent session's records, and how a window of the fold is added to it.</summary>
internal sealed class SessionMemory(WriteTransaction transaction, AgentSession session, Func<string, string?> spilled) : IFoldMemory
{
    private static readonly RowsInsert Records = new("insert into captured_records", ["session", "uuid", "ordinal"], "on conflict do update set ordinal = coalesce(excluded.ordinal, ordinal)");
    private static readonly RowsInsert Messages = new("insert or replace into captured_messages", ["session", "message_id", "uuid", "timestamp", "ordinal", "usage"]);
    private static readonly RowsInsert Calls = new("insert or replace into captured_calls", ["session", "call_id", "ordinal", "git", "background_id", "fetches"]);

    public bool HasRecord(string uuid) =>
        Ask("select 1 from captured_records where session = $s and uuid = $id", uuid).ExecuteScalar() is not null;

    public MessageEntry? Message(string id)
    {
        using var reader = Ask("select uuid, timestamp, ordinal, usage from captured_messages where session = $s and message_id = $id", id).ExecuteReader();
        return reader.Read()
            ? new MessageEntry(id, reader.GetString(0), Timestamps.Parse(reader.GetString(1)))
            {
                Ordinal = reader.IsDBNull(2) ? null : reader.GetInt32(2),
                Usage = TokenUsage.Read(reader.IsDBNull(3) ? null : reader.GetString(3)),
            }
            : null;
    }

    public CallEntry? Call(string id) =>
        Call("select call_id, ordinal, git, background_id, fetches from captured_calls where session = $s and call_id = $id", id);

    public CallEntry? Background(string id) =>
        Call("select call_id, ordinal, git, background_id, fetches from captured_calls where session = $s and background_id = $id", id);

    private CallEntry? Call(string sql, string id)
    {
        using var reader = Ask(sql, id).ExecuteReader();
        return reader.Read()
            ? new CallEntry(reader.GetString(0), reader.GetInt32(1), (GitUse)reader.GetInt32(2))
            {
                BackgroundId = reader.IsDBNull(3) ? null : reader.GetString(3),
                Fetches = reader.IsDBNull(4) ? null : reader.GetString(4),
            }
            : null;
    }

    public TurnDraft? Turn(int ordinal)
    {
        const string Sql = """
            select f.turn_id, f.role, f.timestamp, f.created, f.touched, f.branch, t.content, t.model, t.tool_calls, t.interrupted, t.usage, t.triggers_visual,
              case when s.agent_session_id = $key then t.rev end
            from captured_turns f join turns t on t.id = f.turn_id join sessions s on s.id = t.session_id
            where f.session = $s and f.ordinal = $o
            """;
        using var reader = transaction.Prepare(Sql).With(("$s", session.Row), ("$o", ordinal), ("$key", session.Key)).ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        // Of a boundary or a fork that is not known here another machine's shorter text can win: nothing may be added to that.
        var touched = reader.GetInt64(4);
        var holds = RowRevision.RecordsOf(Text(reader, 12), session.Parent is not null) ?? touched;
        if (holds < touched)
        {
            return null;
        }

        return new TurnDraft
        {
            Id = reader.GetString(0),
            Ordinal = ordinal,
            IsPrompt = reader.GetString(1) == "user",
            Timestamp = Timestamps.Parse(reader.GetString(2)),
            Created = reader.GetInt64(3),
            Touched = touched,
            Holds = holds,
            Branch = Text(reader, 5),
            Content = Text(reader, 6) ?? "",
            Model = Text(reader, 7),
            Calls = ToolCallJson.Read(Text(reader, 8)),
            Interrupted = reader.GetInt64(9) != 0,
            Usage = TokenUsage.Read(Text(reader, 10)),
            HasImages = reader.GetInt64(11) != 0,
        };
    }

    public bool HasClosing(string callId, string hash) =>
        transaction.Prepare("select 1 from captured_closings where session = $s and call_id = $c and hash = $h")
            .With(("$s", session.Row), ("$c", callId), ("$h", hash)).ExecuteScalar() is not null;

    public AgentEntry? Agent(string agentId)
    {
        using var reader = Ask("select ordinal, record from captured_agents where session = $s and agent_id = $id", agentId).ExecuteReader();
        return reader.Read() ? new AgentEntry(agentId, reader.GetInt32(0), reader.GetInt64(1)) : null;
    }

    public string? Spilled(string path) => spilled(path);

    /// <summary>Adds what a window holds beside its turns, whose text goes to the rows.</summary>
    public void Save(FoldWindow window)
    {
        // In the order of their keys, for neighbours lie on one page.
        Records.Run(transaction, [.. window.Records.OrderBy(record => record.Key, StringComparer.Ordinal).Select(record => new object?[] { session.Row, record.Key, record.Value })]);
        Messages.Run(transaction, [.. window.Messages.Values.OrderBy(message => message.Id, StringComparer.Ordinal)
            .Select(message => new object?[] { session.Row, message.Id, message.Uuid, message.Time, message.Ordinal, ToolCallJson.Write(message.Usage) })]);
        Calls.Run(transaction, [.. window.Calls.Values.OrderBy(call => call.Id, StringComparer.Ordinal)
            .Select(call => new object?[] { session.Row, call.Id, call.Ordinal, (int)call.Git, call.BackgroundId, call.Fetches })]);
        foreach (var closing in window.Closings)
        {
            transaction.Execute("insert or replace into captured_closings values ($s, $n, $call, $o, $p, $hash, $subject, $amends, $time, $r)",
                ("$s", session.Row), ("$n", closing.Number), ("$call", closing.CallId), ("$o", closing.Ordinal), ("$p", closing.Position),
                ("$hash", closing.Hash), ("$subject", closing.Subject), ("$amends", closing.Amends ? 1 : 0), ("$time", closing.Time),
                ("$r", closing.Record));
        }

        foreach (var agent in window.Agents.Values)
        {
            transaction.Execute("insert or ignore into captured_agents values ($s, $id, $o, $r)",
                ("$s", session.Row), ("$id", agent.AgentId), ("$o", agent.Ordinal), ("$r", agent.Record));
        }
    }

    private SqliteCommand Ask(string sql, string id) => transaction.Prepare(sql).With(("$s", session.Row), ("$id", id));

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

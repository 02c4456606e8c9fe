using System.Globalization;
using System.Text.Json;

namespace CogCommit.Bench.Corpus;

/// <summary>One session as the agent writes it down: prompts, answers, tool calls and their results, and all that stands between them.</summary>
internal sealed class SessionFile
{
    private static readonly DateTimeOffset First = new(2024, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly TextRiver _river;
    private readonly Random _random;
    private readonly string _cwd;
    private readonly string _id;
    private DateTimeOffset _time;
    private string _folder = "";

    public SessionFile(TextRiver river, Random random, int number, string cwd)
    {
        (_river, _random, _cwd) = (river, random, cwd);
        _id = Uuid();
        // Two sessions a day and a half, for years.
        _time = First.AddHours(9.0 * number).AddMinutes(random.Next(600));
    }

    /// <returns>How many bytes were written.</returns>
    public long Write(string folder, int bytes)
    {
        _folder = folder;
        var path = Path.Combine(folder, $"{_id}.jsonl");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        using var records = new RecordWriter(file, _cwd, _id, agent: null);
        long ofSubagents = 0;
        while (file.Position < bytes)
        {
            ofSubagents += Prompt(records, file, bytes);
        }

        return file.Position + ofSubagents;
    }

    private long Prompt(RecordWriter records, FileStream file, int bytes)
    {
        for (var i = TranscriptMix.Count(_random, TranscriptMix.SnapshotsPerPrompt); i > 0; i--)
        {
            records.Snapshot(Uuid(), Next(), [.. Enumerable.Range(0, TranscriptMix.SnapshotFiles.Draw(_random)).Select(_ => FilePath())], Hex(16));
        }

        if (_random.NextDouble() < TranscriptMix.QueueOperationsPerPrompt / 2)
        {
            records.Queue("enqueue", Next(), _river.Text(_random, TranscriptMix.Prompt.Draw(_random) / 4 + 8));
            records.Queue("dequeue", Next(), null);
        }

        records.Prompt(Uuid(), Next(), _river.Text(_random, TranscriptMix.Prompt.Draw(_random)));
        long ofSubagents = 0;
        var calls = 1 + TranscriptMix.Count(_random, TranscriptMix.CallsPerPrompt - 1);
        for (var i = 0; i < calls && file.Position < bytes; i++)
        {
            ofSubagents += Step(records, TranscriptMix.Tool(_random), commits: false);
        }

        if (_random.NextDouble() < TranscriptMix.CommitsPerPrompt)
        {
            Step(records, TranscriptMix.Tools[0], commits: true);
        }

        Message(records).Text(_river.Text(_random, TranscriptMix.Answer.Draw(_random)));
        for (var i = TranscriptMix.Count(_random, TranscriptMix.SystemRecordsPerPrompt); i > 0; i--)
        {
            records.System(Uuid(), Next(), "stop_hook_summary");
        }

        return ofSubagents;
    }

    /// <summary>One message of the agent: perhaps a thought, perhaps words, and one call with its result.</summary>
    private long Step(RecordWriter records, ToolShape tool, bool commits)
    {
        var message = Message(records);
        if (_random.NextDouble() < TranscriptMix.ThoughtsPerCall)
        {
            message.Thought(_river.Text(_random, TranscriptMix.Thought.Draw(_random)), Hex(TranscriptMix.Signature.Draw(_random)));
        }

        if (_random.NextDouble() < TranscriptMix.TextsPerCall)
        {
            message.Text(_river.Text(_random, TranscriptMix.Answer.Draw(_random)));
        }

        var call = $"toolu_{Hex(24)}";
        var subject = commits ? _river.Text(_random, 40).ReplaceLineEndings(" ").Replace('"', '-') : "";
        message.Call(call, tool.Name, commits ? Json(("command", $"git commit -m '{subject.Replace('\'', '-')}'")) : Input(tool));
        for (var i = TranscriptMix.Count(_random, TranscriptMix.HookRecordsPerCall); i > 0; i--)
        {
            records.Progress(Uuid(), Next(), call, $$"""{"type":"hook_progress","hookEvent":"PostToolUse","hookName":"PostToolUse:{{tool.Name}}","command":"sh -c 'check {{Hex(24)}}'"}""");
        }

        for (var i = tool.Name == "Bash" ? TranscriptMix.Count(_random, TranscriptMix.BashRecordsPerBash) : 0; i > 0; i--)
        {
            var output = JsonEncodedText.Encode(_river.Text(_random, TranscriptMix.BashProgress.Draw(_random)), RecordWriter.Encoder).ToString();
            records.Progress(Uuid(), Next(), call, $$"""{"type":"bash_progress","output":"{{output}}","fullOutput":"{{output}}","elapsedTimeSeconds":2,"totalLines":5,"timeoutMs":30000}""");
        }

        var agent = tool.Name == "Task" ? Hex(7) : null;
        var bytes = agent is null ? 0 : Subagent(records, call, agent);
        var result = commits ? $"[main {Hex(7)}] {subject}\n 2 files changed, 31 insertions(+), 4 deletions(-)" : _river.Text(_random, tool.Result.Draw(_random));
        records.ToolResult(Uuid(), Next(), call, result, Uuid(), beside => Beside(beside, tool, result, agent));
        return bytes;
    }

    private long Subagent(RecordWriter parent, string call, string agent)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, _id, "subagents")).FullName;
        using var file = new FileStream(Path.Combine(folder, $"agent-{agent}.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        using var records = new RecordWriter(file, _cwd, _id, agent);
        records.Prompt(Uuid(), Next(), _river.Text(_random, TranscriptMix.Prompt.Draw(_random)));
        for (var i = 0; i < TranscriptMix.RecordsOfSubagent / 2; i++)
        {
            var text = _river.Text(_random, TranscriptMix.Answer.Draw(_random));
            parent.Progress(Uuid(), Next(), call, $$"""{"type":"agent_progress","agentId":"{{agent}}","prompt":"{{JsonEncodedText.Encode(text, RecordWriter.Encoder)}}","normalizedMessages":[]}""");
            Step(records, TranscriptMix.Tools[_random.Next(3)], commits: false);
        }

        return file.Position;
    }

    private void Beside(Utf8JsonWriter json, ToolShape tool, string result, string? agent)
    {
        switch (tool.Name)
        {
            case "Bash":
                json.WriteString("stdout", result);
                json.WriteString("stderr", "");
                json.WriteBoolean("interrupted", false);
                json.WriteBoolean("isImage", false);
                break;
            case "Read":
                json.WriteString("type", "text");
                json.WriteStartObject("file");
                json.WriteString("filePath", FilePath());
                json.WriteString("content", result);
                json.WriteNumber("numLines", result.Count(c => c == '\n'));
                json.WriteEndObject();
                break;
            default:
                if (agent is not null)
                {
                    json.WriteString("agentId", agent);
                }

                json.WriteString("originalFile", _river.Cut(_random, tool.Beside.Draw(_random)));
                break;
        }
    }

    private string Input(ToolShape tool)
    {
        var length = tool.Input.Draw(_random);
        string Rest(int taken) => _river.Text(_random, Math.Max(4, length - taken));
        return tool.Name switch
        {
            "Bash" => Json(("command", Rest(55)), ("description", _river.Text(_random, 28))),
            "Read" => Json(("file_path", FilePath())),
            "Edit" => Json(("file_path", FilePath()), ("old_string", Rest(length / 2 + 70)), ("new_string", Rest(length / 2 + 70))),
            "Write" => Json(("file_path", FilePath()), ("content", Rest(80))),
            "Task" => Json(("description", _river.Text(_random, 20)), ("prompt", Rest(60)), ("subagent_type", "Explore")),
            _ => Json(("query", Rest(12))),
        };
    }

    public static string Json(params (string Name, string Value)[] members) => "{" + string.Join(',', members.Select(
        member => $"\"{member.Name}\":\"{JsonEncodedText.Encode(member.Value, RecordWriter.Encoder)}\"")) + "}";

    private MessageWriter Message(RecordWriter records) => new(records, $"msg_{Hex(24)}", _random.Next(2_000), Uuid, Next);

    private string FilePath() => $"{_cwd}/src/{_river.One(_random)}/{_river.One(_random)}.cs";

    private DateTimeOffset Next() => _time = _time.AddMilliseconds(_random.Next(20, 9_000));

    private string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString("D", CultureInfo.InvariantCulture);
    }

    private string Hex(int digits) => string.Create(digits, _random, static (text, random) => random.GetHexString(text, lowercase: true));
}

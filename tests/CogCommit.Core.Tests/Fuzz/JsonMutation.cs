using System.Text;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>A line that is still JSON, or nearly, and says something that nobody would.</summary>
internal static class JsonMutation
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-0.0", "1.0", "1e400", "-1e400", "1e-400", "1E+308", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "123456789012345678901234567890", "0.1234567890123456789", "[]", "{}", "[[]]", "[null]", "[{}]", "{\"\":\"\"}", "\"\"", "\" \"",
        "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"a\\u0000b\"", "\"\\u2028\"",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0000-00-00T00:00:00Z\"", "\"2026-02-30T10:00:00Z\"", "\"2026-03-01T25:00:00Z\"",
        "\"2026-03-01\"", "\"yesterday\"", "\"2026-03-01T10:00:00.123456789+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"+292278994-08-17T07:12:55.807Z\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}\"", "\"6BA7B810-9DAD-11D1-80B4-00C04FD430C8\"",
        "\"../../../../etc/passwd\"", "\"/proc/self/mem\"", "\"C:\\\\Windows\\\\win.ini\"", "\"tool-results/../../x\"", "\"/a/tool-results/..\\\\..\\\\x\"", "\"\\\\\\\\server\\\\share\\\\tool-results\\\\x\"",
        "\"../x\"", "\"a/b\"", "\"/\"", "\".\"", "\"NUL\"", "\"acompact\"", "\"agent/../../y\"",
        "\"user\"", "\"assistant\"", "\"progress\"", "\"attachment\"", "\"queue-operation\"", "\"<synthetic>\"", "\"tool_result\"", "\"tool_use\"", "\"image\"",
        "\"remove\"", "\"popAll\"", "\"[main 1234567] x\"", "\"[main (root-commit) fffffff] \"", "\"git commit --amend\"", "\"<task-notification>\"", "\"<command-name>/x\"", "\"<system-reminder>\"",
    ];

    private static readonly string[] Names =
    [
        "type", "uuid", "parentUuid", "timestamp", "sessionId", "agentId", "isSidechain", "cwd", "gitBranch", "message", "id", "content", "usage", "output_tokens",
        "input_tokens", "model", "tool_use_id", "toolUseResult", "stdout", "input", "isMeta", "operation", "attachment", "data", "", "__proto__", "\\u0000", "\\ud800", "TYPE",
    ];

    /// <param name="chance">Decides all of it.</param>
    /// <param name="line">Is not changed itself.</param>
    /// <param name="other">Another line, from which a value may come: so uuids stand twice, and results name calls of others.</param>
    /// <returns>The line itself, damaged as bytes, where it is no JSON.</returns>
    public static byte[] Of(Random chance, byte[] line, byte[] other)
    {
        var tokens = JsonTokens.Of(line);
        if (tokens.Count == 0)
        {
            return ByteMutation.Of(chance, line, other);
        }

        var token = tokens[chance.Next(tokens.Count)];
        return chance.Next(12) switch
        {
            0 or 1 or 2 or 3 => Put(line, token.Value, Values[chance.Next(Values.Length)]),
            4 => Put(line, token.Member, ""),
            5 => Put(line, token.Member, $"{Text(line, token.Member)},{Text(line, token.Member)}"),
            6 when token.Name.Length > 0 => Put(line, token.Name, $"\"{Names[chance.Next(Names.Length)]}\""),
            7 or 6 => Put(line, token.Member, $"\"{Names[chance.Next(Names.Length)]}\":{Values[chance.Next(Values.Length)]},{Text(line, token.Member)}"),
            8 => OfAnother(chance, line, token, other),
            9 => Put(line, token.Value, chance.Next(40) == 0 ? Deep(chance, 100_000) : Deep(chance, chance.Next(10, 600))),
            10 => Put(line, token.Value, $"\"{Giant(chance)}\""),
            _ => Put(line, token.Value, $"[{Text(line, token.Value)},{Text(line, token.Value)}]"),
        };
    }

    private static byte[] OfAnother(Random chance, byte[] line, JsonToken token, byte[] other)
    {
        // What bears the same name there: uuid for uuid, message for message.
        var name = Text(line, token.Name);
        var same = JsonTokens.Of(other).Where(theirs => Text(other, theirs.Name) == name).ToList();
        return same.Count == 0
            ? Put(line, token.Value, Values[chance.Next(Values.Length)])
            : Put(line, token.Value, Text(other, same[chance.Next(same.Count)].Value));
    }

    private static string Deep(Random chance, int depth) => chance.Next(3) switch
    {
        0 => new string('[', depth) + new string(']', depth),
        1 => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth),
        // Never closed: the rest of the line lies in it.
        _ => new string('[', depth),
    };

    private static string Giant(Random chance)
    {
        var part = chance.Next(4) switch { 0 => "x", 1 => "ü漢🐢", 2 => "\\u0000", _ => "a b\\n" };
        return string.Concat(Enumerable.Repeat(part, chance.Next(60) == 0 ? 100_000 : chance.Next(1, 4_000)));
    }

    private static string Text(byte[] line, Span at) => Encoding.UTF8.GetString(line.AsSpan(at.Start, at.Length));

    private static byte[] Put(byte[] line, Span at, string text) => [.. line.AsSpan(0, at.Start), .. Encoding.UTF8.GetBytes(text), .. line.AsSpan(at.End)];
}

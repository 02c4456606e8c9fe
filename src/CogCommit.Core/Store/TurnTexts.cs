using System.Buffers;
using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>
/// The texts of a new turn as the view turn_texts makes them (Schema/100-fulltext.sql), from what its writer has at hand. They must be the
/// view's to the letter: what is taken out of the index later is what the view says.
/// </summary>
internal sealed record TurnTexts(string? Prompt, string? Answer, string? ToolInput, string? ToolResult)
{
    // What is longer is cut by the view, by characters.
    private const int Longest = 262_144;

    // Below the first character of languages without spaces (see the view's column spaced).
    private static readonly SearchValues<char> Spaced = SearchValues.Create([.. Enumerable.Range(0, 0x2E80).Select(c => (char)c)]);

    /// <summary>Null where only the view knows: characters that are spaced, long texts, numbers that SQLite writes in its own way.</summary>
    public static TurnTexts? Of(string role, string? content, IReadOnlyCollection<ToolCall> calls)
    {
        var (inputs, results) = (new Leaves(), new Leaves());
        foreach (var call in calls)
        {
            if (!inputs.AddJson(call.Input) || (call.Result is { } result && !results.Add(result)))
            {
                return null;
            }
        }

        var texts = role == "user"
            ? new TurnTexts(content, null, inputs.Text, results.Text)
            : new TurnTexts(null, content, inputs.Text, results.Text);
        return content is null || IsPlain(content) ? texts : null;
    }

    /// <summary>Puts them into the index, for the turn that was inserted last; see <see cref="WriteTransaction.Indexes"/>.</summary>
    public void Insert(WriteTransaction transaction) => transaction.Execute(
        "insert into turn_index (rowid, prompt, answer, tool_input, tool_result) values ($row, $prompt, $answer, $input, $result)",
        ("$row", raw.sqlite3_last_insert_rowid(transaction.Connection.Handle)), ("$prompt", Prompt), ("$answer", Answer), ("$input", ToolInput),
        ("$result", ToolResult));

    private static bool IsPlain(string text) => text.Length <= Longest && !text.AsSpan().ContainsAnyExcept(Spaced);

    /// <summary>Values of JSON, a line each, as group_concat joins them.</summary>
    private sealed class Leaves
    {
        private string? _only;
        private StringBuilder? _several;

        public string? Text => _several?.ToString() ?? _only;

        public bool Add(string leaf)
        {
            if (!IsPlain(leaf))
            {
                return false;
            }

            if (_only is null)
            {
                _only = leaf;
            }
            else
            {
                (_several ??= new StringBuilder(_only)).Append('\n').Append(leaf);
            }

            return true;
        }

        public bool AddJson(string json)
        {
            var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
            try
            {
                var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)), new JsonReaderOptions { MaxDepth = 300 });
                while (json.Length > 0 && reader.Read())
                {
                    var added = reader.TokenType switch
                    {
                        JsonTokenType.String => Add(reader.GetString()!),
                        JsonTokenType.True => Add("1"),
                        JsonTokenType.False => Add("0"),
                        JsonTokenType.Number => IsSmallInteger(reader.ValueSpan) && Add(Encoding.ASCII.GetString(reader.ValueSpan)),
                        _ => true,
                    };
                    if (!added)
                    {
                        return false;
                    }
                }

                return true;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        private static bool IsSmallInteger(ReadOnlySpan<byte> number)
        {
            var digits = number[0] == (byte)'-' ? number[1..] : number;
            return digits.Length <= 18 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (digits[0] != (byte)'0' || number.Length == 1);
        }
    }
}

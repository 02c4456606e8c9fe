namespace CogCommit.Cloud.Tests.Model;

/// <summary>JSON values that databases and programs read differently, or that are wrong wherever they stand.</summary>
internal static class Poison
{
    /// <summary>They refuse the row, or not, by the field in which they stand.</summary>
    public static readonly IReadOnlyList<string> Values =
    [
        "null", "true", "false", "\"\"", "\"true\"", "\"a\"", "[]", "{}", "[[]]", "[null]", "[\"a\"]", "[\"a\", 1]", "[{}]", "[{}, 1]", "{\"a\": 1}",
        "0", "1", "-0", "-0.0", "1.0", "1.50", "1e0", "1e2", "1E+2", "10e-1", "1.5e1", "0e9", "0e-3", "-1", "2147483647", "2147483648", "-2147483648",
        "-2147483649", "1073741824", "1073741825", "9007199254740991", "9007199254740992", "9223372036854775807", "999999999999999999",
        "1000000000000000000", "1e18", "1e17", "1e400", "-1e400", "1e-400", "1e131071", "52428800", "52428801", "1000000000001",
        "\"2026-02-11T20:36:45Z\"", "\"2026-02-11T20:36:45.6Z\"", "\"2026-02-11T20:36:45.618000+00:00\"", "\"2026-02-11T20:36:45.6180001Z\"",
        "\"2026-02-11T20:36:45.1234567Z\"", "\"2026-02-11T20:36:45.Z\"", "\"2026-02-11T24:00:00Z\"", "\"2026-02-11T23:59:60Z\"", "\"2026-02-30T00:00:00Z\"",
        "\"2026-02-29T00:00:00Z\"", "\"2024-02-29T00:00:00Z\"", "\"1900-02-29T00:00:00Z\"", "\"2000-02-29T00:00:00Z\"", "\"2026-04-31T00:00:00Z\"",
        "\"2026-13-01T00:00:00Z\"", "\"2026-00-10T00:00:00Z\"", "\"2026-01-00T00:00:00Z\"", "\"0000-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59.999999Z\"", "\"10000-01-01T00:00:00Z\"", "\"-2026-01-01T00:00:00Z\"", "\"2026-02-11T20:36:45\"", "\"2026-02-11 20:36:45Z\"",
        "\"2026-02-11T20:36:45z\"", "\"2026-02-11t20:36:45Z\"", "\"2026-02-11T20:36:45+01:00\"", "\"2026-02-11T20:36:45-00:00\"", "\"2026-02-11T20:36Z\"",
        "\"2026-02-11T20:36:45Z\\n\"", "\" 2026-02-11T20:36:45Z\"", "\"２026-02-11T20:36:45Z\"", "\"infinity\"", "\"-infinity\"", "\"now\"", "\"epoch\"", "\"today\"",
        "\"AAAAAAAA-0000-4000-8000-000000000001\"", "\"aaaaaaaa-0000-4000-8000-000000000001\"", "\"{aaaaaaaa-0000-4000-8000-000000000001}\"",
        "\"aaaaaaaa00004000800000000000000001\"", "\"aaaaaaaa-0000-4000-8000-000000000001\\n\"", "\"aaaaaaaa-0000-4000-8000-00000000000g\"",
        "\"git_commit\"", "\"session_end\"", "\"Explicit\"", "\"user\"", "\"system\"", "\"image/gif\"", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
        "\"\\u0001\\u001f\\u007f\"", "\"\\ud83d\\ude00\"", "\"\\uffff\\ufffe\\ufffd\"", "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "\"\\\\u0000\"", "\"é😀\u00ad\u2028\"",
        "{\"b\": 1, \"a\": 2, \"a\": 3, \"\": 4, \"é\": 5, \"aa\": 6.00}", "[{\"input\": {\"b\": 1e2, \"b\": -0, \"a\": [1.0, 1e400]}}]",
        "{\"input_tokens\": 1e2, \"output_tokens\": null, \"cache_read_input_tokens\": -0, \"other\": \"x\"}", "{\"input_tokens\": 1.0}", "{\"input_tokens\": 999999999999, \"output_tokens\": 1000000000000}", "{\"input_tokens\": 1000000000001}", "{\"input_tokens\": -1}", "{\"input_tokens\": [1], \"a: x\": 1}",
        "{\"output_tokens\": \"1\"}",
    ];

    /// <summary>They refuse the whole batch, wherever they stand.</summary>
    public static readonly IReadOnlyList<string> Fatal =
    [
        "\"\\u0000\"", "\"a\\u0000b\"", "{\"\\u0000\": 1}", "\"\\ud800\"", "\"\\ude00\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\n\"", "\"\\ud83d\\ud83d\"", "1e131072", "-1e131072",
        "1e-16384", "1e99999999999999999999", "01", "1.", ".5", "+1", "NaN", "Infinity", "'a'", "\"\\x\"", "\"\t\"", "[1,]", "{\"a\" 1}", "{a: 1}", "",
    ];

    /// <summary>They come short, and print long or take much memory; or lie at the border of those that are looked at for that.</summary>
    public static readonly IReadOnlyList<string> ShortNumbers =
    [
        "9e131071", "-1e131000", "1e2000", "0e-16383", "-1e-16383", "3e-400", "0e-20", "0", "1", "-7",
        "1e30", "-1e30", "1.00e30", "1000000000000000000000000000001", "1000000000000000000000000000000.1", "2e30", "1e31", "999999999999999999999999999999",
        "1e-30", "-1e-30", "1.5e-30", "9e-31", "0.99999e-30",
    ];

    /// <summary>A text at one of the lengths that fields end at, or one beyond; some of characters that take two of UTF-16's units.</summary>
    public static string Text(Random random)
    {
        var length = random.GetItems([64, 100, 200, 300, 500, 2_000, 10_000], 1)[0] + random.Next(-1, 2);
        return $"\"{string.Concat(Enumerable.Repeat(random.GetItems(["x", "é", "😀", "\\ud83d\\ude00", "\\n", "["], 1)[0], length))}\"";
    }

    /// <summary>Calls nested to a depth at the limit: below the list and the call lie so many levels.</summary>
    public static string DeepCalls(Random random)
    {
        var levels = random.GetItems([1, 254, 255, 256, 257, 258, 259, 300, 900], 1)[0];
        var innermost = random.GetItems(["", "1", "\"[\"", "\"[{\"", "{}", "1,2"], 1)[0];
        var objects = random.Next(2) == 0;
        var (open, close) = objects && innermost is not ("" or "1,2") ? ("{\"a\":", "}") : ("[", "]");
        return $"[{{\"input\":{string.Concat(Enumerable.Repeat(open, levels))}{innermost}{string.Concat(Enumerable.Repeat(close, levels))}}}]";
    }
}

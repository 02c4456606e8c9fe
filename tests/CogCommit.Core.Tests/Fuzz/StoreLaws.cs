using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>What holds of every store, whatever came in.</summary>
internal static partial class StoreLaws
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>SQLite finds it sound, its full text included.</summary>
    public static void IsSound(StoreFile store)
    {
        using var reader = store.OpenReader();
        Assert.Equal("ok", Scalar(reader, "pragma integrity_check"));
        Assert.Null(Scalar(reader, "select 1 from pragma_foreign_key_check"));
        store.Write(transaction =>
        {
            // Throws when an index is not whole.
            transaction.Execute("insert into turn_index (turn_index) values ('integrity-check')");
            transaction.Execute("insert into commit_index (commit_index) values ('integrity-check')");
        });
    }

    /// <summary>Every row can be sent, and holds nothing that the cloud would refuse (docs/sync-protocol.md, "Rows").</summary>
    public static void CanBePushed(StoreFile store)
    {
        using var reader = store.OpenReader();
        Each(reader, $"select {StoredRows.CommitColumns} from cognitive_commits c", row => RowJson.Write(StoredRows.Commit(row).Row));
        Each(reader, $"select {StoredRows.SessionColumns} from sessions s", row => RowJson.Write(StoredRows.Session(row).Row));
        Each(reader, $"select {StoredRows.TurnColumns} from turns t", row => RowJson.Write(StoredRows.Turn(row).Row));
        Each(reader, $"select {StoredRows.VisualColumns} from visuals v", row => RowJson.Write(StoredRows.Visual(row).Row));
        Each(reader, "select name, remote_url from projects", row => RowJson.Write(new ProjectRow(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1))));
    }

    /// <summary>A row that cannot be sent (it holds what is no JSON) is known before, and stops no other.</summary>
    public static void StopsNoPush(StoreFile store)
    {
        using var reader = store.OpenReader();
        Writes(reader, $"select {StoredRows.CommitColumns} from cognitive_commits c", row => RowJson.Write(StoredRows.Commit(row).Row));
        Writes(reader, $"select {StoredRows.SessionColumns} from sessions s", row => RowJson.Write(StoredRows.Session(row).Row));
        Writes(reader, $"select {StoredRows.TurnColumns} from turns t", row => RowJson.Write(StoredRows.Turn(row).Row));
        Writes(reader, $"select {StoredRows.VisualColumns} from visuals v", row => RowJson.Write(StoredRows.Visual(row).Row));
    }

    private static void Writes(SqliteConnection reader, string sql, Func<SqliteDataReader, byte[]> write)
    {
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            try
            {
                Assert.DoesNotContain("\\u0000", Strict.GetString(write(row)), StringComparison.OrdinalIgnoreCase);
            }
            catch (JsonException)
            {
                // The queue leaves it as "error", with this reason.
            }
        }
    }

    private static void Each(SqliteConnection reader, string sql, Func<SqliteDataReader, byte[]> write)
    {
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var json = write(row);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 300 });
            try
            {
                Check("", document.RootElement);
            }
            catch (Exception problem)
            {
                Assert.Fail($"{problem.Message} In: {Strict.GetString(json.AsSpan(0, Math.Min(json.Length, 2_000)))}");
            }
        }
    }

    private static void Check(string name, JsonElement value, bool ours = true)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Storable(member.Name);
                    // What a tool was told has fields of any name.
                    Check(ours ? member.Name : "", member.Value, ours && member.Name != "tool_calls");
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Check("", item, ours);
                }

                break;
            case JsonValueKind.String:
                Text(name, value.GetString()!);
                break;
            case JsonValueKind.Number:
                Number(name, value);
                break;
        }
    }

    private static void Text(string name, string text)
    {
        Storable(text);
        var longest = name switch
        {
            "project" => 300,
            "title" or "derived_title" or "branch" or "remote_url" => 2_000,
            "git_subject" or "caption" => 10_000,
            "rev" or "agent_session_id" => 500,
            "hash" => 200,
            _ => int.MaxValue,
        };
        Assert.True(text.EnumerateRunes().Count() <= longest, $"{name} has {text.Length} characters.");
        if (name is "started_at" or "closed_at" or "ended_at" or "timestamp" or "captured_at")
        {
            Assert.Matches(Time(), text);
        }
    }

    private static void Number(string name, JsonElement number)
    {
        Assert.True(number.TryGetDouble(out var value) && double.IsFinite(value), $"{name} is {number}.");
        if (name.EndsWith("_tokens", StringComparison.Ordinal) || name is "ordinal" or "turn_count" or "prompt_count" or "byte_size")
        {
            Assert.InRange(number.GetInt64(), 0, 1_000_000_000_000);
        }
    }

    private static void Storable(string text)
    {
        Assert.False(text.Contains('\0', StringComparison.Ordinal), "There is a NUL.");
        Strict.GetByteCount(text);
    }

    private static object? Scalar(SqliteConnection reader, string sql)
    {
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    [GeneratedRegex(@"^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|\+00:00)$")]
    private static partial Regex Time();
}

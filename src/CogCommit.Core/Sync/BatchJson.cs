using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>A batch as it travels (docs/sync-protocol.md, "Push").</summary>
internal static class BatchJson
{
    /// <summary>Writes the batch, with the projects and machines that its commits name, and with the last push that this device heard of.</summary>
    public static byte[] Write(SqliteConnection store, MachineRow machine, IReadOnlyList<OutgoingRow> rows, CloudCursor? cursor, long seen)
    {
        var commits = rows.Select(row => row.Commit).OfType<CommitRow>().ToList();
        var names = commits.SelectMany(commit => new[] { commit.Captured?.Project, commit.Curated?.Project }).OfType<string>().Distinct().ToList();
        var machines = commits.Select(commit => commit.Captured?.MachineId).OfType<string>().Distinct().Where(id => id != machine.MachineId).ToList();

        var buffer = new ArrayBufferWriter<byte>(rows.Sum(row => row.Json.Length) + 1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteNumber("protocol", Protocol.Version);
        writer.WriteString("push_id", PushId(machine, rows, cursor));
        if (seen > 0)
        {
            writer.WriteNumber("seen", seen);
        }

        writer.WritePropertyName("machine");
        writer.WriteRawValue(RowJson.Write(machine), skipInputValidation: true);
        WriteList(writer, "machines", Machines(store, machines).Select(row => (ReadOnlyMemory<byte>)RowJson.Write(row)));
        WriteList(writer, "projects", Projects(store, names).Select(row => (ReadOnlyMemory<byte>)RowJson.Write(row)));
        foreach (var (kind, name) in CloudRows.Lists)
        {
            WriteList(writer, name, rows.Where(row => row.Kind == kind).Select(row => row.Json));
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The same batch, sent from the same place, has the same id: when its answer is lost, by a crash too, the cloud recognises it when it
    /// comes again, and nothing has to be remembered for that.
    /// </summary>
    private static string PushId(MachineRow machine, IReadOnlyList<OutgoingRow> rows, CloudCursor? cursor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(row.Json.Span);
        }

        return Ids.V5(Ids.Namespace, $"push\n{machine.MachineId}\n{cursor?.Seq}\n{cursor?.PushId}\n{Convert.ToHexString(hash.GetHashAndReset())}");
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<ReadOnlyMemory<byte>> rows)
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
        {
            // It was written by a writer of its own.
            writer.WriteRawValue(row.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
    }

    private static List<ProjectRow> Projects(SqliteConnection store, List<string> names) => Named(
        store, "select name, remote_url from projects where name in (select value from json_each($names))", names, (name, url) => new ProjectRow(name, url));

    private static List<MachineRow> Machines(SqliteConnection store, List<string> ids) => Named(
        store, "select machine_id, name from machines where machine_id in (select value from json_each($names))", ids, (id, name) => new MachineRow(id, name));

    private static List<T> Named<T>(SqliteConnection store, string sql, List<string> names, Func<string, string?, T> make)
    {
        List<T> found = [];
        if (names.Count > 0)
        {
            using var command = store.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$names", JsonSerializer.Serialize(names));
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                found.Add(make(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)));
            }
        }

        return found;
    }
}

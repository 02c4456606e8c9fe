using System.Buffers;
using System.Text.Json;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>A batch as it travels (docs/sync-protocol.md, "Push").</summary>
internal static class BatchJson
{
    /// <summary>Writes the batch, with the projects and machines that its commits name, and with the last push that this device heard of.</summary>
    public static byte[] Write(SqliteConnection store, MachineRow machine, OutgoingBatch batch, CloudCursor? cursor, long seen)
    {
        var commits = batch.Rows.Select(row => row.Commit).OfType<CommitRow>().ToList();
        var names = commits.SelectMany(commit => new[] { commit.Captured?.Project, commit.Curated?.Project }).OfType<string>().Distinct().ToList();
        var machines = commits.Select(commit => commit.Captured?.MachineId).OfType<string>().Distinct().Where(id => id != machine.MachineId).ToList();

        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteNumber("protocol", Protocol.Version);
        writer.WriteString("push_id", PushId(machine, batch, cursor));
        if (seen > 0)
        {
            writer.WriteNumber("seen", seen);
        }

        writer.WritePropertyName("machine");
        writer.WriteRawValue(RowJson.Write(machine), skipInputValidation: true);
        WriteList(writer, "machines", Machines(store, machines).Select(RowJson.Write));
        WriteList(writer, "projects", Projects(store, names).Select(RowJson.Write));
        writer.Flush();
        // What is ready is put behind, as bytes: it may have megabytes.
        return [.. buffer.WrittenSpan, (byte)',', .. batch.Lists.Span, (byte)'}'];
    }

    /// <summary>
    /// The same batch, sent from the same place, has the same id: when its answer is lost, by a crash too, the cloud recognises it when it
    /// comes again, and nothing has to be remembered for that.
    /// </summary>
    private static string PushId(MachineRow machine, OutgoingBatch batch, CloudCursor? cursor) =>
        Ids.V5(Ids.Namespace, $"push\n{machine.MachineId}\n{cursor?.Seq}\n{cursor?.PushId}\n{batch.Digest}");

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<byte[]> rows)
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
        {
            // It was written by a writer of its own.
            writer.WriteRawValue(row, skipInputValidation: true);
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

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CogCommit.Core.Sync;

/// <summary>Rows that travel together, and what of their batch no answer changes: so it is made while another batch is away.</summary>
internal sealed class OutgoingBatch
{
    public OutgoingBatch(IReadOnlyList<OutgoingRow> rows)
    {
        Rows = rows;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(row.Json.Span);
        }

        Digest = Convert.ToHexString(hash.GetHashAndReset());
        Lists = WriteLists(rows);
    }

    /// <summary>In the order in which they are sent: parents first.</summary>
    public IReadOnlyList<OutgoingRow> Rows { get; }

    /// <summary>SHA-256 of the rows' JSON, in upper-case hex.</summary>
    public string Digest { get; }

    /// <summary>The rows as they travel: <c>"commits":[...],"sessions":[...],"turns":[...],"visuals":[...]</c>.</summary>
    public ReadOnlyMemory<byte> Lists { get; }

    /// <summary>Those of its rows that are still wanted; itself where all are.</summary>
    public OutgoingBatch Where(Func<OutgoingRow, bool> wanted) => Rows.All(wanted) ? this : new OutgoingBatch([.. Rows.Where(wanted)]);

    private static ReadOnlyMemory<byte> WriteLists(IReadOnlyList<OutgoingRow> rows)
    {
        var buffer = new ArrayBufferWriter<byte>(rows.Sum(row => row.Json.Length + 1) + 64);
        foreach (var (kind, name) in CloudRows.Lists)
        {
            buffer.Write(buffer.WrittenCount == 0 ? "\""u8 : ",\""u8);
            Encoding.UTF8.GetBytes(name, buffer);
            buffer.Write("\":["u8);
            var first = true;
            foreach (var row in rows.Where(row => row.Kind == kind))
            {
                // It was written by a writer of its own.
                buffer.Write(first ? ""u8 : ","u8);
                buffer.Write(row.Json.Span);
                first = false;
            }

            buffer.Write("]"u8);
        }

        return buffer.WrittenMemory;
    }
}

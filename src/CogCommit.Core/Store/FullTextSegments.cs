using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>
/// Which segments a full-text index of FTS5 consists of: its structure record. Format: the head of https://sqlite.org/src/file/ext/fts5/fts5_index.c, of which
/// this is the first version, the one of every index that is not <c>contentless_delete</c>.
/// </summary>
internal sealed class FullTextSegments
{
    // Of the table *_data.
    private const int AveragesRow = 1;
    private const int StructureRow = 10;

    // By which FTS5 knows whether its configuration is still what it has read.
    private const int CookieBytes = 4;

    // A page's id: the segment's id, then whether it is of a doclist index and how high there, then its number.
    private const int SegmentShift = 37;

    // FTS5's FTS5_MAX_SEGMENT: so many an index has at most, and so high go their ids.
    private const int MostSegments = 2000;

    private readonly byte[] _cookie;
    private readonly long _pagesWritten;
    private readonly List<Level> _levels = [];

    private FullTextSegments(ReadOnlySpan<byte> record)
    {
        if (record.Length < CookieBytes)
        {
            throw Damaged();
        }

        _cookie = record[..CookieBytes].ToArray();
        var rest = record[CookieBytes..];
        var levels = Varint.Read(ref rest);
        var segmentsInAll = Varint.Read(ref rest);
        _pagesWritten = Varint.Read(ref rest);
        for (var level = 0; level < levels; level++)
        {
            var merging = Varint.Read(ref rest);
            var segments = new List<Segment>();
            for (var left = Varint.Read(ref rest); left > 0; left--)
            {
                segments.Add(new Segment(Varint.Read(ref rest), Varint.Read(ref rest), Varint.Read(ref rest)));
            }

            _levels.Add(new Level(merging, segments));
        }

        if (!rest.IsEmpty || segmentsInAll != OldestFirst.Count())
        {
            throw Damaged();
        }
    }

    private IEnumerable<Segment> OldestFirst => Enumerable.Reverse(_levels).SelectMany(level => level.Segments);

    /// <summary>
    /// Puts the segments of one index behind those of another of the same definition, as if FTS5 had written them there, and counts its rows and words to those
    /// of the other. The two have no row in common. Within a transaction in which neither index is otherwise touched: what FTS5 has read of its structure
    /// it takes for known until another connection has written.
    /// </summary>
    /// <param name="connection">Sees both.</param>
    /// <param name="from">The schema of the one, of which FTS5 has nothing in memory that is not written.</param>
    /// <param name="to">The schema of the other.</param>
    /// <returns>How many pages are to be merged for that, as FTS5 reckons after it has written by itself: for each level as many as came.</returns>
    /// <exception cref="SqliteException">An index is damaged, or of another format.</exception>
    public static long Append(SqliteConnection connection, string index, string from, string to)
    {
        var source = new FullTextSegments(Record(connection, $"{from}.{index}", StructureRow));
        var target = new FullTextSegments(Record(connection, $"{to}.{index}", StructureRow));
        var pages = source.OldestFirst.Sum(segment => segment.Last - segment.First + 1);
        if (target._levels.Count == 0)
        {
            target._levels.Add(new Level(0, []));
        }

        var taken = target.OldestFirst.Select(segment => segment.Id).ToHashSet();
        foreach (var segment in source.OldestFirst)
        {
            var id = Enumerable.Range(1, MostSegments).Select(id => (long)id).FirstOrDefault(taken.Add);
            if (id == 0)
            {
                throw Damaged();
            }

            // Its pages, and its doclist indexes.
            Run(connection, $"insert into {to}.{index}_data select id + ($id - $old) * (1 << {SegmentShift}), block from {from}.{index}_data where id >= $old << {SegmentShift} and id < ($old + 1) << {SegmentShift} order by id",
                ("$id", id), ("$old", segment.Id));
            Run(connection, $"insert into {to}.{index}_idx select $id, term, pgno from {from}.{index}_idx where segid = $old order by term", ("$id", id), ("$old", segment.Id));
            target._levels[0].Segments.Add(segment with { Id = id });
        }

        Run(connection, $"insert into {to}.{index}_docsize select * from {from}.{index}_docsize order by id");
        Write(connection, $"{to}.{index}", AveragesRow, Sum(Record(connection, $"{from}.{index}", AveragesRow), Record(connection, $"{to}.{index}", AveragesRow)));
        Write(connection, $"{to}.{index}", StructureRow, target.ToRecord(target._pagesWritten + pages));
        return pages * target._levels.Count;
    }

    private byte[] ToRecord(long pagesWritten)
    {
        List<byte> record = [.. _cookie];
        Varint.Write(record, _levels.Count);
        Varint.Write(record, _levels.Sum(level => level.Segments.Count));
        Varint.Write(record, pagesWritten);
        foreach (var level in _levels)
        {
            Varint.Write(record, level.Merging);
            Varint.Write(record, level.Segments.Count);
            foreach (var segment in level.Segments)
            {
                Varint.Write(record, segment.Id);
                Varint.Write(record, segment.First);
                Varint.Write(record, segment.Last);
            }
        }

        return [.. record];
    }

    /// <summary>The averages record: rows, then the words of each column; a new index has an empty one.</summary>
    private static byte[] Sum(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        List<byte> record = [];
        while (!one.IsEmpty || !other.IsEmpty)
        {
            Varint.Write(record, (one.IsEmpty ? 0 : Varint.Read(ref one)) + (other.IsEmpty ? 0 : Varint.Read(ref other)));
        }

        return [.. record];
    }

    private static byte[] Record(SqliteConnection connection, string index, int row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select block from {index}_data where id = {row}";
        return command.ExecuteScalar() as byte[] ?? throw Damaged();
    }

    private static void Write(SqliteConnection connection, string index, int row, byte[] record) =>
        Run(connection, $"update {index}_data set block = $record where id = {row}", ("$record", record));

    private static void Run(SqliteConnection connection, string sql, params (string, object?)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.With(values).ExecuteNonQuery();
    }

    private static SqliteException Damaged() => new("The structure of a full-text index is none that is known.", raw.SQLITE_CORRUPT, raw.SQLITE_CORRUPT_VTAB);

    private sealed record Level(long Merging, List<Segment> Segments);

    private sealed record Segment(long Id, long First, long Last);

    /// <summary>SQLite's whole numbers (https://www.sqlite.org/fileformat2.html#varint), as far as they are not negative.</summary>
    private static class Varint
    {
        private const int Bytes = 9;

        public static long Read(ref ReadOnlySpan<byte> rest)
        {
            long value = 0;
            for (var i = 0; i < Bytes - 1; i++)
            {
                if (i >= rest.Length)
                {
                    throw Damaged();
                }

                value = (value << 7) | (rest[i] & 0x7fL);
                if (rest[i] < 0x80)
                {
                    rest = rest[(i + 1)..];
                    return value;
                }
            }

            // Larger than a count of pages, rows or words can be.
            throw Damaged();
        }

        public static void Write(List<byte> record, long value)
        {
            Span<byte> groups = stackalloc byte[Bytes];
            var first = Bytes - 1;
            groups[first] = (byte)(value & 0x7f);
            while ((value >>= 7) != 0)
            {
                groups[--first] = (byte)((value & 0x7f) | 0x80);
            }

            record.AddRange(groups[first..]);
        }
    }
}

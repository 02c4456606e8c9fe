using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Capture.Import;

/// <summary>How far a transcript was read.</summary>
internal sealed record TranscriptState
{
    /// <summary>The size of a file that is not through: no file has it, so the next import looks at it again.</summary>
    public const long Unfinished = -1;

    public required string Key { get; init; }

    public required string Source { get; init; }

    public required string Path { get; init; }

    public long Size { get; init; }

    /// <summary>UTC ticks of its last write.</summary>
    public long Modified { get; init; }

    public int HeadLength { get; init; }

    public string? HeadHash { get; init; }

    public long Offset { get; init; }

    public long Lines { get; init; }

    public DateTimeOffset? LastTime { get; init; }

    /// <summary>The patterns under which its project was excluded, or null.</summary>
    public string? Excluded { get; init; }

    /// <summary>What <see cref="Find"/> asks with: prepared once, for thousands of files.</summary>
    public static SqliteCommand Finder(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = """
            select source, path, size, modified, head_length, head_hash, offset, lines, last_time, excluded from transcripts where agent_session_id = $key
            """;
        return command.With("$key", null);
    }

    public static TranscriptState? Find(SqliteCommand finder, string key)
    {
        finder.Parameters[0].Value = key;
        using var reader = finder.ExecuteReader();
        return !reader.Read() ? null : new TranscriptState
        {
            Key = key,
            Source = reader.GetString(0),
            Path = reader.GetString(1),
            Size = reader.GetInt64(2),
            Modified = reader.GetInt64(3),
            HeadLength = reader.GetInt32(4),
            HeadHash = reader.IsDBNull(5) ? null : reader.GetString(5),
            Offset = reader.GetInt64(6),
            Lines = reader.GetInt64(7),
            LastTime = reader.IsDBNull(8) ? null : Timestamps.Parse(reader.GetString(8)),
            Excluded = reader.IsDBNull(9) ? null : reader.GetString(9),
        };
    }

    public void Save(WriteTransaction transaction) => transaction.Execute("""
        insert into transcripts (agent_session_id, source, path, size, modified, head_length, head_hash, offset, lines, last_time, excluded)
        values ($key, $source, $path, $size, $modified, $length, $head, $offset, $lines, $time, $excluded)
        on conflict (agent_session_id) do update set path = excluded.path, size = excluded.size, modified = excluded.modified,
          head_length = excluded.head_length, head_hash = excluded.head_hash, offset = excluded.offset, lines = excluded.lines,
          last_time = excluded.last_time, excluded = excluded.excluded
        """,
        ("$key", Key), ("$source", Source), ("$path", Path), ("$size", Size), ("$modified", Modified), ("$length", HeadLength),
        ("$head", HeadHash), ("$offset", Offset), ("$lines", Lines), ("$time", LastTime), ("$excluded", Excluded));
}

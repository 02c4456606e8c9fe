using System.Text;
using CogCommit.Core.Capture;
using CsCheck;

namespace CogCommit.Core.Tests.Capture.Rules;

public class LineReaderTests
{
    private static List<(string Line, long Number, long Offset, bool Complete)> Lines(byte[] bytes, long offset = 0, long lines = 0, Stream? stream = null)
    {
        stream ??= new MemoryStream(bytes) { Position = offset };
        using var reader = new LineReader(stream, offset, lines);
        var read = new List<(string, long, long, bool)>();
        while (reader.Read(TestContext.Current.CancellationToken))
        {
            read.Add((Encoding.UTF8.GetString(reader.Line), reader.Number, reader.Offset, reader.IsComplete));
        }

        return read;
    }

    [Fact]
    public void Each_line_has_its_number_and_the_offset_behind_it() =>
        Assert.Equal([("a", 1L, 2L, true), ("", 2, 3, true), ("ü", 3, 6, true)], Lines("a\n\nü\n"u8.ToArray()));

    [Fact]
    public void A_last_line_without_a_newline_is_not_complete() =>
        Assert.Equal([("a", 1L, 2L, true), ("b", 2, 3, false)], Lines("a\nb"u8.ToArray()));

    [Fact]
    public void An_empty_file_has_no_line() => Assert.Empty(Lines([]));

    [Fact]
    public void Reading_goes_on_at_an_offset() =>
        Assert.Equal([("b", 8L, 4L, true)], Lines("a\nb\n"u8.ToArray(), offset: 2, lines: 7));

    [Fact]
    public void A_carriage_return_before_the_newline_is_none_of_the_line() =>
        Assert.Equal([("a\rb", 1L, 5L, true), ("c", 2, 7, false)], Lines("a\rb\r\nc\r"u8.ToArray()));

    [Fact]
    public void A_byte_order_mark_is_passed_over_at_the_start_alone()
    {
        Assert.Equal([("a", 1L, 5L, true), ("\uFEFFb", 2, 9, false)], Lines([0xEF, 0xBB, 0xBF, .. "a\n"u8, 0xEF, 0xBB, 0xBF, .. "b"u8]));
    }

    [Fact]
    public void A_line_of_50_MB_is_one_line()
    {
        var bytes = new byte[50_000_000 + 4];
        Array.Fill(bytes, (byte)'x');
        bytes[1] = bytes[^2] = (byte)'\n';

        using var reader = new LineReader(new MemoryStream(bytes));
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.Equal(50_000_000, reader.Line.Length);
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.Equal((3, bytes.Length, false), (reader.Number, reader.Offset, reader.IsComplete));
        Assert.False(reader.Read(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_line_beyond_the_limit_is_passed_over_and_the_next_one_read()
    {
        byte[] bytes = [.. new string('x', 200_000).Select(c => (byte)c), .. "\nb\n"u8];

        using var reader = new LineReader(new MemoryStream(bytes), maxLineLength: 70_000);
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.True(reader is { IsTooLong: true, IsComplete: true, Number: 1, Offset: 200_001, Line.IsEmpty: true });
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.True(reader is { IsTooLong: false, Number: 2, Offset: 200_003 });
        Assert.Equal("b"u8, reader.Line);
    }

    [Fact]
    public void However_the_bytes_arrive_the_lines_are_the_same() =>
        Gen.Select(Gen.OneOf(Gen.Const('\n'), Gen.Const('\r'), Gen.Char['a', 'e']).Array[0, 40], Gen.Int[1, 7]).Sample((chars, portion) =>
        {
            var bytes = Encoding.UTF8.GetBytes(chars);
            var expected = Lines(bytes);

            Assert.Equal(expected, Lines(bytes, stream: new Trickle(bytes, portion)));
            Assert.Equal(bytes.Length, expected.Count == 0 ? 0 : expected[^1].Offset);
            Assert.All(expected.Skip(1), line => Assert.Equal(line, Lines(bytes, expected[(int)line.Number - 2].Offset, line.Number - 1)[0]));
        });

    [Fact]
    public void A_file_may_grow_and_be_deleted_while_it_is_read()
    {
        var path = Path.GetTempFileName();
        using var writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        writer.Write("a\nb"u8);
        writer.Flush();
        using var reader = LineReader.Open(path);
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        writer.Write("c\n"u8);
        writer.Flush();
        File.Delete(path);

        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.Equal("bc"u8, reader.Line);
        Assert.True(reader.IsComplete);
    }

    [Fact]
    public void It_stops_when_told_to()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var reader = new LineReader(new MemoryStream("a"u8.ToArray()));

        Assert.Throws<OperationCanceledException>(() => reader.Read(cancelled.Token));
    }

    private sealed class Trickle(byte[] bytes, int portion) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, portion));
    }
}

using CogCommit.Core.Export;

namespace CogCommit.Core.Tests.Export;

public sealed class ExportStreamTests
{
    private static readonly byte[] Block = new byte[ExportStream.BlockBytes];

    [Fact]
    public void What_is_written_stands_in_its_order_however_it_was_cut()
    {
        var random = new Random(20261130);
        var all = new byte[12 * ExportStream.BlockBytes];
        random.NextBytes(all);
        var file = new TestFile();
        using var stream = Open(file);
        for (var at = 0; at < all.Length;)
        {
            // Of any length: none, within a block, and over several of them.
            var some = Math.Min(random.Next(4) switch { 0 => 0, 1 => 1, 2 => random.Next(9_000), _ => random.Next(3 * ExportStream.BlockBytes) }, all.Length - at);
            stream.Write(all, at, some);
            at += some;
        }

        stream.Flush();
        Assert.Equal(all, file.Written);
        Assert.InRange(file.Writes, 2, 20);
    }

    [Fact]
    public void Flushed_it_is_in_the_file_and_more_may_come()
    {
        var file = new TestFile();
        using var stream = Open(file);
        stream.Write("one"u8);
        stream.Flush();
        Assert.Equal("one"u8.ToArray(), file.Written);

        stream.Flush();
        stream.Write(" two"u8);
        stream.Flush();
        Assert.Equal("one two"u8.ToArray(), file.Written);
    }

    [Fact]
    public void A_block_that_cannot_be_written_is_told_again_and_again_and_nothing_is_written_behind_it()
    {
        var file = new TestFile { Fails = 2 };
        using var stream = Open(file);
        var said = Assert.Throws<CogCommitException>(() => Fill(stream));
        Assert.Equal("Refused", said.ErrorId);
        Assert.Same(said, Assert.Throws<CogCommitException>(stream.Flush));
        Assert.Same(said, Assert.Throws<CogCommitException>(() => Fill(stream)));
        stream.Dispose();

        Assert.Equal(2, file.Writes);
        Assert.Equal(1, file.Disposals);
    }

    [Fact]
    public void The_last_block_that_cannot_be_written_is_told_by_flush()
    {
        using var stream = Open(new TestFile { Fails = 1 });
        stream.Write("short"u8);

        Assert.Equal("Refused", Assert.Throws<CogCommitException>(stream.Flush).ErrorId);
    }

    [Fact]
    public void A_fault_of_ours_is_thrown_as_it_is()
    {
        using var stream = Open(new TestFile { Fails = 1, Fault = new InvalidOperationException("ours") });
        stream.Write("short"u8);

        Assert.Equal("ours", Assert.Throws<InvalidOperationException>(stream.Flush).Message);
    }

    [Fact]
    public void Disposing_waits_for_the_block_that_is_written_and_writes_no_more()
    {
        using var go = new ManualResetEventSlim();
        var file = new TestFile { Go = go, Fails = 1 };
        var stream = Open(file);
        stream.Write(Block);
        stream.Write("begins the next, which passes the first on"u8);
        SpinWait.SpinUntil(() => file.Writes > 0);
        var disposer = new Thread(stream.Dispose);
        disposer.Start();
        OtherThread.SpinUntilItWaits(disposer);
        Assert.True(disposer.IsAlive);
        Assert.Equal(0, file.Disposals);
        go.Set();
        disposer.Join();

        Assert.Equal((1, 1), (file.Writes, file.Disposals));
        Assert.Empty(file.Written);
    }

    [Fact]
    public void Disposed_it_takes_no_more()
    {
        var stream = Open(new TestFile());
        stream.Dispose();
        stream.Dispose();

        Assert.False(stream.CanWrite);
        Assert.Throws<ObjectDisposedException>(() => stream.Write("late"u8));
        Assert.Throws<ObjectDisposedException>(stream.Flush);
    }

    private static ExportStream Open(TestFile file) => new(file, error => new CogCommitException("Refused", "It was refused.", ErrorKind.ReadOnly, error));

    /// <summary>Writes until a block is passed on.</summary>
    private static void Fill(ExportStream stream)
    {
        for (var i = 0; i < 4; i++)
        {
            stream.Write(Block);
        }
    }

    private sealed class TestFile : MemoryStream
    {
        private int _writes;

        /// <summary>The write that fails, from 1 on; 0: none.</summary>
        public int Fails { get; init; }

        public Exception Fault { get; init; } = new IOException("No space left on device");

        /// <summary>Each write waits for it.</summary>
        public ManualResetEventSlim? Go { get; init; }

        public int Writes => Volatile.Read(ref _writes);

        public int Disposals { get; private set; }

        public byte[] Written => ToArray();

        public override void Write(byte[] buffer, int offset, int count)
        {
            var number = Interlocked.Increment(ref _writes);
            Go?.Wait();
            if (number == Fails)
            {
                throw Fault;
            }

            base.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}

using CogCommit.Core.Export;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Export;

public sealed class ExportStreamTests : IDisposable
{
    private readonly TempHome _home = new();

    private string Place => Path.Combine(Path.GetDirectoryName(_home.Home.Root)!, "export");

    [Fact]
    public void What_is_written_stands_in_its_order_however_it_was_cut()
    {
        var random = new Random(20261130);
        var all = new byte[1_500_000];
        random.NextBytes(all);
        using (var stream = Open())
        {
            for (var at = 0; at < all.Length;)
            {
                // Of any length: none, within a block, and over several of them.
                var some = Math.Min(random.Next(4) switch { 0 => 0, 1 => 1, 2 => random.Next(9_000), _ => random.Next(400_000) }, all.Length - at);
                stream.Write(all, at, some);
                at += some;
            }

            stream.Flush();
        }

        Assert.Equal(all, File.ReadAllBytes(Place));
    }

    [Fact]
    public void Flushed_it_is_in_the_file_and_more_may_come()
    {
        using var stream = Open();
        stream.Write("one"u8);
        stream.Flush();
        Assert.Equal("one", Text());

        stream.Flush();
        stream.Write(" two"u8);
        stream.Flush();
        Assert.Equal("one two", Text());
    }

    [Fact]
    public void Disposed_it_takes_no_more()
    {
        var stream = Open();
        stream.Dispose();
        stream.Dispose();

        Assert.False(stream.CanWrite);
        Assert.Throws<ObjectDisposedException>(() => stream.Write("late"u8));
        Assert.Throws<ObjectDisposedException>(stream.Flush);
    }

    public void Dispose() => _home.Dispose();

    private ExportStream Open() => new(Place, error => throw new InvalidOperationException("Nothing was to fail here.", error));

    private string Text()
    {
        using var file = new FileStream(Place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd();
    }
}

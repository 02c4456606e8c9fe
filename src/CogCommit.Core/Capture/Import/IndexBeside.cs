using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>
/// Has what an import leaves to wait for the full-text index indexed by another thread meanwhile, in pieces that come into the store in short transactions. A small import needs none.
/// All sizes are bytes of text. For the thread that imports.
/// </summary>
internal sealed class IndexBeside(StoreFile store) : IDisposable
{
    /// <summary>So much waits before a piece of it is made: nearly what FTS5 gathers before it writes out by itself (hashsize, Schema/100-fulltext.sql). Of smaller pieces there would be more to merge.</summary>
    internal const long Least = 3 << 20;

    /// <summary>With so much behind a piece that is being made, the import waits for it.</summary>
    internal const long Most = Least + (1 << 20);

    private FullTextPiece? _piece;
    private WorkThread? _thread;
    private Task? _taking;
    private long _waiting;

    /// <summary>A piece is being made: who indexes now all that waits would do it a second time.</summary>
    public bool HasPiece => _taking is not null;

    /// <summary>After a transaction that left so much more text to wait: gives the store a piece that is ready, and begins another where enough waits.</summary>
    /// <exception cref="CogCommitException">A piece could not be made, or not be given: what it holds goes on waiting.</exception>
    public void Add(long text)
    {
        _waiting += text;
        if (_taking is { IsCompleted: false } && _waiting < Most)
        {
            return;
        }

        GivePiece();
        if (_waiting >= Least)
        {
            var piece = _piece ??= new FullTextPiece(store);
            _thread ??= new WorkThread("CogCommit index");
            _taking = _thread.Run(piece.Take);
            _waiting = 0;
        }
    }

    /// <summary>Gives the store the piece that is being made, if any, once it is ready. What came after it waits.</summary>
    /// <exception cref="CogCommitException">As of <see cref="Add"/>.</exception>
    public void GivePiece()
    {
        if (_taking is not { } taking)
        {
            return;
        }

        _taking = null;
        taking.GetAwaiter().GetResult();
        var pages = _piece!.GiveToStore();
        store.Write(transaction => FullTextLater.AfterPiece(transaction, pages));
    }

    public void Dispose()
    {
        // Nobody closes a connection in use.
        _thread?.Dispose();
        _piece?.Dispose();
    }
}

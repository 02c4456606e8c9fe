using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>A document that is being written, commit by commit. Without <see cref="Complete"/> it lacks its end, and readers notice.</summary>
public abstract class ExportDocument : IDisposable
{
    private readonly Lazy<CommitView> _rows;
    private bool _begun;

    private protected ExportDocument(StoreFile store, TextWriter to)
    {
        _rows = new Lazy<CommitView>(() => new CommitView(store));
        To = to;
    }

    private protected TextWriter To { get; }

    private protected int Commits { get; private set; }

    /// <exception cref="CogCommitException">The store holds no such commit (any more).</exception>
    public void Write(string commitId, CancellationToken cancellation = default)
    {
        var rows = _rows.Value;
        using var view = rows.Take();
        var commit = rows.Commit(commitId) ?? throw new CogCommitException(
            "CommitNotFound",
            $"The store holds no commit {commitId}: it was deleted meanwhile, or never was here. What was written before it is complete.",
            ErrorKind.NotFound);
        EnsureBegun();
        Commits++;
        Commit(commit, rows, cancellation);
    }

    public void Complete()
    {
        EnsureBegun();
        End();
        To.Flush();
    }

    /// <summary>Lets go of the store. The writer stays open.</summary>
    public void Dispose()
    {
        if (_rows.IsValueCreated)
        {
            _rows.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract void Begin();

    private protected abstract void Commit(ExportedCommit commit, CommitView rows, CancellationToken cancellation);

    private protected abstract void End();

    private void EnsureBegun()
    {
        if (!_begun)
        {
            _begun = true;
            Begin();
        }
    }
}

namespace CogCommit.PowerShell.Parameters;

/// <summary>
/// What a pipeline has had already, so that nothing comes twice where objects overlap: a hit in a title means the whole commit, one in a
/// turn that turn alone. It grows with what was named, not with what was read.
/// </summary>
internal sealed class TurnsTold
{
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);

    internal bool Has(params string[] ids) => ids.Any(_whole.Contains);

    /// <summary>Of these commits, sessions or turns all was told.</summary>
    internal void Add(IEnumerable<string> ids) => _whole.UnionWith(ids);
}

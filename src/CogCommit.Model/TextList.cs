using System.Collections.ObjectModel;

namespace CogCommit;

/// <summary>A read-only list of texts whose own text joins them with <c>;</c>, so that a CSV column shows them.</summary>
public sealed class TextList : ReadOnlyCollection<string>
{
    /// <summary>The list without items.</summary>
    public static new TextList Empty { get; } = new([]);

    /// <summary>Wraps <paramref name="items"/>, which must not change afterwards.</summary>
    public TextList(IList<string> items) : base(items)
    {
    }

    /// <summary>The items joined with <c>;</c>.</summary>
    public override string ToString() => string.Join(';', this);
}

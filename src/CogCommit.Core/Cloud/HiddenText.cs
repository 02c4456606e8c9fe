using System.Diagnostics;

namespace CogCommit.Core.Cloud;

/// <summary>A token. It comes out only where it is asked for by name: printed, logged or in a debugger it shows nothing.</summary>
[DebuggerDisplay("(hidden)")]
internal sealed class HiddenText(string value) : IEquatable<HiddenText>
{
    /// <summary>What is shorter may be a word that stands in any text.</summary>
    public const int ShortestPart = 16;

    public string Reveal() => value;

    /// <summary>The text without this, whole or as one of the parts that a JWT has between its dots.</summary>
    public string HideIn(string text) => value.Length == 0 ? text : value.Split('.').Where(part => part.Length >= ShortestPart).Prepend(value)
        .Aggregate(text, (rest, hidden) => rest.Replace(hidden, ToString(), StringComparison.Ordinal));

    public bool Equals(HiddenText? other) => other is not null && string.Equals(value, other.Reveal(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as HiddenText);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "(hidden)";
}

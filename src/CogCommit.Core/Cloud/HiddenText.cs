using System.Diagnostics;

namespace CogCommit.Core.Cloud;

/// <summary>A token. It comes out only where it is asked for by name: printed, logged or in a debugger it shows nothing.</summary>
[DebuggerDisplay("(hidden)")]
internal sealed class HiddenText(string value) : IEquatable<HiddenText>
{
    public string Reveal() => value;

    public bool Equals(HiddenText? other) => other is not null && string.Equals(value, other.Reveal(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as HiddenText);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "(hidden)";
}

using System.Collections.ObjectModel;

namespace CogCommit;

/// <summary>A read-only list of tool calls whose own text joins the tools' names with <c>;</c>, so that a CSV column shows them.</summary>
public sealed class ToolCallList : ReadOnlyCollection<ToolCall>
{
    /// <summary>The list without calls.</summary>
    public static new ToolCallList Empty { get; } = new([]);

    /// <summary>Wraps <paramref name="calls"/>, which must not change afterwards.</summary>
    public ToolCallList(IList<ToolCall> calls) : base(calls)
    {
    }

    /// <summary>The tools' names joined with <c>;</c>.</summary>
    public override string ToString() => string.Join(';', this);
}

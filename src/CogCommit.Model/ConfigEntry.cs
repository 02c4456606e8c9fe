namespace CogCommit;

/// <summary>One setting.</summary>
public sealed class ConfigEntry
{
    /// <summary>Its key, <c>storage</c>, <c>exclude-projects</c>, ...</summary>
    public required string Key { get; init; }

    /// <summary>Its value: text, a boolean, or a list of texts.</summary>
    public object? Value { get; init; }

    /// <summary>The value it has unless set.</summary>
    public object? Default { get; init; }

    /// <summary>What it does.</summary>
    public required string Description { get; init; }
}

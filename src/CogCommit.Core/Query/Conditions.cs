using System.Text.Json;

namespace CogCommit.Core.Query;

/// <summary>The terms of a WHERE clause and their parameters. Text of users goes into parameters only.</summary>
internal sealed class Conditions
{
    private readonly List<string> _terms = [];
    private readonly List<(string, object?)> _parameters = [];

    public IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    public string Sql => _terms.Count == 0 ? "1" : string.Join("\n  and ", _terms.Select(term => $"({term})"));

    public Conditions Add(string term, params (string Name, object? Value)[] parameters)
    {
        _terms.Add(term);
        _parameters.AddRange(parameters);
        return this;
    }

    /// <summary>The expression is one of the values, unless there are none to choose from.</summary>
    public Conditions In(string expression, string parameter, IReadOnlyList<string> values) =>
        values.Count == 0 ? this : Add($"{expression} in (select value from json_each({parameter}))", (parameter, JsonSerializer.Serialize(values)));

    /// <summary>The expression matches one of PowerShell's wildcard patterns.</summary>
    public Conditions Like(string expression, string parameter, IReadOnlyList<string> patterns) =>
        patterns.Count == 0 ? this : Add(
            $"exists (select 1 from json_each({parameter}) pattern where {expression} glob pattern.value)",
            (parameter, JsonSerializer.Serialize(patterns.Select(Wildcard.ToGlob))));
}

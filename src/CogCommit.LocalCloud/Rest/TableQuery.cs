namespace CogCommit.LocalCloud.Rest;

/// <summary>What is asked of one relation; embedded relations are queries of their own below it.</summary>
internal sealed class TableQuery
{
    public List<SelectItem> Select { get; } = [];

    public List<Filter> Filters { get; } = [];

    public List<OrderTerm> Order { get; } = [];

    public long? Limit { get; set; }

    public long Offset { get; set; }

    /// <summary>The embedded query that a parameter's path names, by its alias or name.</summary>
    public TableQuery Embedded(IEnumerable<string> path)
    {
        var query = this;
        foreach (var name in path)
        {
            query = query.Select.FirstOrDefault(item => item.Embed is not null && item.Key == name)?.Embed
                ?? throw new RestFault(400, "PGRST108", $"'{name}' is not an embedded resource in this request", null, $"Verify that '{name}' is included in the 'select' query parameter.");
        }

        return query;
    }
}

/// <summary>
/// A column, <c>*</c>, or an embedded relation. The hint names the foreign key to embed by, where there are several, or its column;
/// inner leaves out the rows without an embedded row.
/// </summary>
internal sealed record SelectItem(string Name, string? Alias, string? Hint = null, bool Inner = false, TableQuery? Embed = null)
{
    public string Key => Alias ?? Name;
}

internal sealed record Filter(string Column, bool Negated, string Operator, IReadOnlyList<string> Values);

internal sealed record OrderTerm(string Column, bool Descending, bool? NullsFirst);

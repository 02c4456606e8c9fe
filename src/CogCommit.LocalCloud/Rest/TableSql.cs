using System.Globalization;

namespace CogCommit.LocalCloud.Rest;

/// <summary>Writes the statement for a table read. Row-level security does the rest.</summary>
internal sealed class TableSql(Catalogue.Snapshot catalogue)
{
    /// <summary>Supabase's max_rows: no answer has more, nor any embedded list.</summary>
    public const int MaxRows = 1000;

    private int _aliases;

    /// <summary>One row: the JSON array, and how many rows are in it.</summary>
    public SqlText Page(string relation, TableQuery query)
    {
        var sql = new SqlText().Words("select coalesce(json_agg(row_to_json(page)), '[]')::text, count(*) from (");
        Rows(sql, relation, query, null, null);
        return sql.Words(") page");
    }

    /// <summary>How many rows there are without limit and offset.</summary>
    public SqlText Count(string relation, TableQuery query)
    {
        var all = new TableQuery();
        all.Select.AddRange(query.Select);
        all.Filters.AddRange(query.Filters);
        var sql = new SqlText().Words("select count(*) from (");
        Rows(sql, relation, all, null, null, limited: false);
        return sql.Words(") page");
    }

    private void Rows(SqlText sql, string relation, TableQuery query, Link? link, string? outer, bool limited = true)
    {
        var alias = NextAlias();
        var embedded = query.Select.Where(item => item.Embed is not null)
            .Select(item => (Item: item, Alias: NextAlias(), Link: LinkOf(relation, item)))
            .ToList();

        sql.Words("select ");
        var first = true;
        foreach (var item in query.Select)
        {
            sql.Words(first ? "" : ", ");
            first = false;
            if (item.Embed is not null)
            {
                sql.Words(embedded.First(embed => ReferenceEquals(embed.Item, item)).Alias + ".j as ").Identifier(item.Key);
            }
            else if (item.Name == "*")
            {
                sql.Words(alias + ".*");
            }
            else
            {
                sql.Words(alias + ".").Identifier(item.Name).Words(" as ").Identifier(item.Key);
            }
        }

        sql.Words(" from ").Identifier("public").Words(".").Identifier(relation).Words(" as " + alias);
        foreach (var (item, name, embedLink) in embedded)
        {
            sql.Words(embedLink.Many
                ? " left join lateral (select coalesce(json_agg(row_to_json(r)), '[]') as j, count(*) as n from ("
                : " left join lateral (select row_to_json(r) as j, 1 as n from (");
            Rows(sql, item.Name, item.Embed!, embedLink, alias);
            sql.Words(") r) " + name + " on true");
        }

        Where(sql, alias, query, link, outer, embedded.Where(embed => embed.Item.Inner).Select(embed => embed.Alias));
        Order(sql, alias, query);
        if (limited)
        {
            sql.Words(string.Create(CultureInfo.InvariantCulture, $" limit {Math.Min(query.Limit ?? MaxRows, MaxRows)} offset {query.Offset}"));
        }
    }

    private static void Where(SqlText sql, string alias, TableQuery query, Link? link, string? outer, IEnumerable<string> inner)
    {
        sql.Words(" where true");
        for (var i = 0; i < (link?.Own.Count ?? 0); i++)
        {
            sql.Words($" and {alias}.").Identifier(link!.Own[i]).Words($" = {outer}.").Identifier(link.Others[i]);
        }

        foreach (var name in inner)
        {
            sql.Words($" and {name}.n > 0");
        }

        foreach (var filter in query.Filters)
        {
            sql.Words(filter.Negated ? " and not (" : " and (").Words(alias + ".").Identifier(filter.Column);
            switch (filter.Operator)
            {
                case "is":
                    sql.Words(filter.Values[0] == "not_null" ? " is not null" : " is " + filter.Values[0]);
                    break;
                case "in" when filter.Values.Count == 0:
                    sql.Words(" is null and false");
                    break;
                case "in":
                    sql.Words(" in (");
                    for (var i = 0; i < filter.Values.Count; i++)
                    {
                        sql.Words(i == 0 ? "" : ", ").Value(filter.Values[i]);
                    }

                    sql.Words(")");
                    break;
                default:
                    var pattern = filter.Operator is "like" or "ilike";
                    sql.Words(OperatorOf(filter.Operator))
                        .Value(pattern ? filter.Values[0].Replace('*', '%') : filter.Values[0]);
                    break;
            }

            sql.Words(")");
        }
    }

    private static void Order(SqlText sql, string alias, TableQuery query)
    {
        for (var i = 0; i < query.Order.Count; i++)
        {
            var term = query.Order[i];
            sql.Words(i == 0 ? " order by " : ", ").Words(alias + ".").Identifier(term.Column)
                .Words(term.Descending ? " desc" : " asc")
                .Words(term.NullsFirst switch { true => " nulls first", false => " nulls last", null => "" });
        }
    }

    private static string OperatorOf(string word) => word switch
    {
        "eq" => " = ",
        "neq" => " <> ",
        "gt" => " > ",
        "gte" => " >= ",
        "lt" => " < ",
        "lte" => " <= ",
        "like" => " like ",
        "ilike" => " ilike ",
        _ => throw new InvalidOperationException(word),
    };

    private Link LinkOf(string relation, SelectItem item)
    {
        var links = catalogue.ForeignKeys
            .Where(key => item.Hint is null || key.Name == item.Hint || key.ChildColumns.Contains(item.Hint))
            .SelectMany(key => new[]
            {
                key.Parent == relation && key.Child == item.Name ? new Link(true, key.ChildColumns, key.ParentColumns) : null,
                key.Child == relation && key.Parent == item.Name ? new Link(false, key.ParentColumns, key.ChildColumns) : null,
            })
            .OfType<Link>()
            .ToList();
        return links.Count switch
        {
            1 => links[0],
            0 => throw new RestFault(
                400,
                "PGRST200",
                $"Could not find a relationship between '{relation}' and '{item.Name}' in the schema cache",
                $"Searched for a foreign key relationship between '{relation}' and '{item.Name}' in the schema 'public', but no matches were found."),
            _ => throw new RestFault(
                300,
                "PGRST201",
                $"Could not embed because more than one relationship was found for '{relation}' and '{item.Name}'",
                null,
                $"Try changing '{item.Name}' to one with the foreign key's name behind '!'."),
        };
    }

    private string NextAlias() => string.Create(CultureInfo.InvariantCulture, $"t{_aliases++}");

    /// <summary>Columns of the embedded relation, and those of the outer one that they equal.</summary>
    private sealed record Link(bool Many, IReadOnlyList<string> Own, IReadOnlyList<string> Others);
}

using System.Globalization;

namespace CogCommit.LocalCloud.Rest;

/// <summary>Reads the query string of a table read.</summary>
internal static class TableQueryReader
{
    /// <summary>What PostgREST would take as a filter on a column of that name, though it means something else.</summary>
    private static readonly string[] NotServed = ["and", "or", "not.and", "not.or", "columns", "on_conflict"];

    private static readonly string[] Operators = ["eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike"];

    public static TableQuery Read(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = new TableQuery();
        var rest = new List<KeyValuePair<string, string>>();
        foreach (var parameter in parameters)
        {
            if (parameter.Key == "select" && parameter.Value.Length > 0)
            {
                SelectParser.Parse(parameter.Value, query);
            }
            else if (parameter.Key is not ("" or "select" or "apikey"))
            {
                rest.Add(parameter);
            }
        }

        if (query.Select.Count == 0)
        {
            query.Select.Add(new SelectItem("*", null));
        }

        foreach (var (key, value) in rest)
        {
            // Paths into embedded relations are split at dots; a column with a dot in its name is quoted.
            var path = NotServed.Contains(key) ? throw RestFault.Query($"'{key}' is not served by the local cloud") : Split(key, '.');
            Apply(query.Embedded(path[..^1]), path[^1], value);
        }

        return query;
    }

    private static void Apply(TableQuery query, string name, string value)
    {
        switch (name)
        {
            case "order":
                query.Order.AddRange(Split(value, ',').Select(Order));
                break;
            case "limit":
                query.Limit = Count(value, name);
                break;
            case "offset":
                query.Offset = Count(value, name);
                break;
            default:
                query.Filters.Add(Filter(name, value));
                break;
        }
    }

    private static Filter Filter(string column, string value)
    {
        var text = value;
        var negated = text.StartsWith("not.", StringComparison.Ordinal);
        text = negated ? text[4..] : text;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var (op, operand) = dot < 0 ? ("", "") : (text[..dot], text[(dot + 1)..]);
        return op switch
        {
            "in" when operand is ['(', .., ')'] => new Filter(column, negated, op, Split(operand[1..^1], ',')),
            "is" when operand.ToLowerInvariant() is "null" or "not_null" or "true" or "false" or "unknown" =>
                new Filter(column, negated, op, [operand.ToLowerInvariant()]),
            _ when Operators.Contains(op) => new Filter(column, negated, op, [operand]),
            _ => throw RestFault.Query(
                $"\"failed to parse filter ({value})\" (line 1, column 1)",
                "served are eq, neq, gt, gte, lt, lte, like, ilike, in.(a,b), is.null, is.true, is.false, each also behind not."),
        };
    }

    private static OrderTerm Order(string term)
    {
        var words = term.Split('.');
        var (descending, nulls) = (false, (bool?)null);
        foreach (var word in words.Skip(1))
        {
            switch (word)
            {
                case "asc":
                    break;
                case "desc":
                    descending = true;
                    break;
                case "nullsfirst":
                    nulls = true;
                    break;
                case "nullslast":
                    nulls = false;
                    break;
                default:
                    throw RestFault.Query($"\"failed to parse order ({term})\" (line 1, column {words[0].Length + 1})");
            }
        }

        return new OrderTerm(words[0], descending, nulls);
    }

    private static long Count(string value, string name) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw RestFault.Query($"'{name}' is no number: {value}");

    /// <summary>Splits where the separator stands outside double quotes; a backslash inside them takes the next character as it is.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        if (text.Length == 0)
        {
            return parts;
        }

        var part = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\' && i + 1 < text.Length)
            {
                part.Append(text[++i]);
            }
            else if (text[i] == '"' && (quoted || part.Length == 0))
            {
                quoted = !quoted;
            }
            else if (text[i] == separator && !quoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }
}

using Npgsql;

namespace CogCommit.LocalCloud.Rest;

/// <summary>What the schema public holds: relations, the foreign keys between them, functions. Read again when something is missing.</summary>
internal sealed class Catalogue(NpgsqlDataSource database)
{
    private volatile Snapshot? _snapshot;

    public async Task<Snapshot> RelationAsync(string name, CancellationToken cancellationToken)
    {
        var snapshot = await Fresh(current => current.Relations.Contains(name), cancellationToken);
        return snapshot.Relations.Contains(name)
            ? snapshot
            : throw new RestFault(404, "PGRST205", $"Could not find the table 'public.{name}' in the schema cache");
    }

    /// <summary>The function of this name that takes these arguments.</summary>
    public async Task<Function> FunctionAsync(string name, IReadOnlyCollection<string> arguments, CancellationToken cancellationToken)
    {
        var snapshot = await Fresh(current => current.Functions.Any(f => f.Takes(name, arguments)), cancellationToken);
        return snapshot.Functions.FirstOrDefault(f => f.Takes(name, arguments))
            ?? throw new RestFault(
                404,
                "PGRST202",
                $"Could not find the function public.{name}{(arguments.Count == 0 ? " without parameters" : $"({string.Join(", ", arguments.Order(StringComparer.Ordinal))})")} in the schema cache",
                $"Searched for the function public.{name}, but no matches were found in the schema cache.");
    }

    private async Task<Snapshot> Fresh(Func<Snapshot, bool> satisfies, CancellationToken cancellationToken)
    {
        if (_snapshot is { } kept && satisfies(kept))
        {
            return kept;
        }

        var snapshot = new Snapshot(
            await Read(
                """
                select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f')
                """,
                row => row.GetString(0),
                cancellationToken),
            await Read(
                """
                select k.conname, child.relname, parent.relname,
                  array(select a.attname::text from unnest(k.conkey) with ordinality x(n, i) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.n order by x.i),
                  array(select a.attname::text from unnest(k.confkey) with ordinality x(n, i) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.n order by x.i)
                from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
                where k.contype = 'f' and k.conparentid = 0
                  and child.relnamespace = 'public'::regnamespace and parent.relnamespace = 'public'::regnamespace
                """,
                row => new ForeignKey(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetFieldValue<string[]>(4)),
                cancellationToken),
            await Read(
                """
                select p.proname,
                  array(select coalesce(p.proargnames[i], '') from generate_series(1, coalesce(cardinality(p.proallargtypes), p.pronargs)) i
                        where p.proargmodes is null or p.proargmodes[i] in ('i', 'b', 'v') order by i),
                  array(select format_type(x.t, null) from unnest(p.proargtypes) with ordinality x(t, i) order by x.i),
                  p.pronargdefaults::int, p.proretset, t.typtype = 'c' or p.prorettype = 'record'::regtype, p.prorettype = 'void'::regtype,
                  p.provolatile <> 'v'
                from pg_proc p join pg_type t on t.oid = p.prorettype
                where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
                """,
                row => new Function(
                    row.GetString(0),
                    row.GetFieldValue<string[]>(1),
                    row.GetFieldValue<string[]>(2),
                    row.GetInt32(3),
                    row.GetBoolean(4),
                    row.GetBoolean(5),
                    row.GetBoolean(6),
                    row.GetBoolean(7)),
                cancellationToken));
        return _snapshot = snapshot;
    }

    private async Task<IReadOnlyList<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    internal sealed record Snapshot(IReadOnlyList<string> Relations, IReadOnlyList<ForeignKey> ForeignKeys, IReadOnlyList<Function> Functions);
}

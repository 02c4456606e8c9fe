using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>The digest of a commit, as cogcommit_digest computes it (docs/sync-protocol.md, "Digest").</summary>
internal static class Digest
{
    // As there: what has no turn does not count.
    private const string HasTurns = "exists (select 1 from sessions s join turns t on t.session_id = s.id where s.commit_id = c.id and t.pushed_seq > 0)";

    /// <summary>Of every commit that is alive and that the cloud confirmed. What waits for a push is not counted: the cloud lacks it.</summary>
    public static IEnumerable<(string CommitId, string Digest)> OfConfirmed(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select c.id, 0, c.id, c.hash from cognitive_commits c where c.deleted_at is null and c.pushed_seq > 0 and {HasTurns}
            union all
            select c.id, 1, c.id, c.curated_hash from cognitive_commits c where c.deleted_at is null and c.pushed_seq > 0 and c.cloud_version > 0 and {HasTurns}
            union all
            select c.id, 2, s.id, s.hash from cognitive_commits c join sessions s on s.commit_id = c.id
            where c.deleted_at is null and c.pushed_seq > 0 and s.change_seq <= s.pushed_seq and exists (select 1 from turns t where t.session_id = s.id and t.pushed_seq > 0)
            union all
            select c.id, 3, t.id, t.hash from cognitive_commits c join sessions s on s.commit_id = c.id join turns t on t.session_id = s.id
            where c.deleted_at is null and c.pushed_seq > 0 and t.change_seq <= t.pushed_seq
            union all
            select c.id, 4, v.id, v.hash from cognitive_commits c join visuals v on v.commit_id = c.id
            where c.deleted_at is null and c.pushed_seq > 0 and v.deleted_at is null and v.change_seq <= v.pushed_seq
            order by 1, 2, 3
            """;
        using var row = command.ExecuteReader();
        string? current = null;
        List<string> lines = [];
        while (row.Read())
        {
            var commit = row.GetString(0);
            if (current is not null && commit != current)
            {
                yield return (current, Of(lines));
                lines.Clear();
            }

            current = commit;
            lines.Add(Line(row.GetInt32(1), row.GetString(2), row.IsDBNull(3) ? "" : row.GetString(3)));
        }

        if (current is not null)
        {
            yield return (current, Of(lines));
        }
    }

    public static string Of(IEnumerable<string> sortedLines)
    {
        // Only tells equal from different, as PostgreSQL's md5() has it; nothing secret depends on it.
#pragma warning disable CA5351
        return Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sortedLines)))).ToLowerInvariant();
#pragma warning restore CA5351
    }

    private static string Line(int kind, string id, string hash) => kind switch
    {
        0 => $"commit:{id}:{hash}",
        1 => $"curated:{id}:{hash}",
        2 => $"session:{id}:{hash}",
        3 => $"turn:{id}:{hash}",
        _ => $"visual:{id}:{hash}",
    };
}

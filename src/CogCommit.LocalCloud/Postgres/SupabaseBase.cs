using Npgsql;

namespace CogCommit.LocalCloud.Postgres;

/// <summary>Gives a plain database what a Supabase one has before its first migration.</summary>
public static class SupabaseBase
{
    /// <summary>The role that owns the database and that migrations run as. It is no superuser.</summary>
    public const string MigrationRole = "postgres";

    /// <summary>Needs a superuser; may be repeated.</summary>
    public static async Task ApplyAsync(NpgsqlConnection superuser, CancellationToken cancellation = default)
    {
        await using var transaction = await superuser.BeginTransactionAsync(cancellation);
        await Migrations.ExecuteAsync(superuser, SqlResources.Base, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

using Npgsql;

namespace CogCommit.LocalCloud.Rest;

/// <summary>A transaction in which PostgreSQL knows who asks: it alone decides what they may see and do.</summary>
internal sealed class CallerTransaction : IAsyncDisposable
{
    // Supabase ends a statement of a signed-in user after 8 s; a small machine gets more.
    private const string StatementTimeout = "30s";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private CallerTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    public static async Task<CallerTransaction> BeginAsync(
        NpgsqlDataSource database, Caller caller, bool readOnly, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                """
                select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
                  set_config('search_path', 'public, extensions', true), set_config('statement_timeout', $3, true),
                  set_config('transaction_read_only', $4, true)
                """,
                connection);
            foreach (var value in (ReadOnlySpan<string>)[caller.Role, caller.Claims, StatementTimeout, readOnly ? "on" : "off"])
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
            return new CallerTransaction(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public NpgsqlCommand Command(SqlText sql)
    {
        var command = new NpgsqlCommand(sql.Text, _connection, _transaction);
        foreach (var value in sql.Values)
        {
            command.Parameters.Add(value.ToParameter());
        }

        return command;
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

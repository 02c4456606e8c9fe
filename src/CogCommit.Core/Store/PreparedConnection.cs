using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>A connection and the commands that were prepared on it. Disposing it disposes both.</summary>
internal sealed class PreparedConnection(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly Dictionary<string, PlacedStatement> _byPlace = [];

    public SqliteConnection Connection => connection;

    /// <inheritdoc cref="WriteTransaction.Prepare"/>
    public SqliteCommand Prepare(string sql)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        return command;
    }

    /// <inheritdoc cref="WriteTransaction.PrepareByPlace"/>
    public PlacedStatement PrepareByPlace(string sql)
    {
        if (!_byPlace.TryGetValue(sql, out var statement))
        {
            statement = new PlacedStatement(connection, sql);
            _byPlace.Add(sql, statement);
        }

        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _byPlace.Values)
        {
            statement.Dispose();
        }

        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}

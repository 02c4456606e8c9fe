using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>Binding in one line.</summary>
internal static class CommandParameters
{
    public static SqliteCommand With(this SqliteCommand command, params (string Name, object? Value)[] parameters)
    {
        foreach (var (name, value) in parameters)
        {
            command.With(name, value);
        }

        return command;
    }

    /// <summary>Binds one value as the store holds it: times as text, null as NULL. A prepared command keeps its parameters for the next time.</summary>
    public static SqliteCommand With(this SqliteCommand command, string name, object? value)
    {
        var index = command.Parameters.IndexOf(name);
        return command.WithAt(index >= 0 ? index : command.Parameters.Count, name, value);
    }

    /// <summary>
    /// As <see cref="With(SqliteCommand, string, object?)"/>, of the parameter at this place, which is made with this name where it is the next one: looking
    /// for one of hundreds by its name takes long.
    /// </summary>
    public static SqliteCommand WithAt(this SqliteCommand command, int index, string name, object? value)
    {
        var stored = value switch
        {
            null => DBNull.Value,
            DateTimeOffset time => Timestamps.ToText(time),
            _ => value,
        };
        if (index < command.Parameters.Count)
        {
            command.Parameters[index].Value = stored;
        }
        else
        {
            command.Parameters.AddWithValue(name, stored);
        }

        return command;
    }
}

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
        var stored = value switch
        {
            null => DBNull.Value,
            DateTimeOffset time => Timestamps.ToText(time),
            _ => value,
        };
        if (command.Parameters.IndexOf(name) is >= 0 and var index)
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

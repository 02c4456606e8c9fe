using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace CogCommit.LocalCloud.Rest;

/// <summary>A statement in the making. What a caller wrote gets in as a quoted identifier or as a parameter, and in no other way.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<SqlValue> _values = [];

    public string Text => _text.ToString();

    public IReadOnlyList<SqlValue> Values => _values;

    /// <summary>Our own words: never anything of a caller's.</summary>
    public SqlText Words(string words)
    {
        _text.Append(words);
        return this;
    }

    public SqlText Identifier(string name)
    {
        if (name.Length == 0 || name.Contains('\0'))
        {
            throw RestFault.Query("a name is empty or holds a character that no name has");
        }

        _text.Append('"').Append(name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }

    public SqlText Value(string? text) => Add(new SqlValue(text, null));

    /// <param name="utf8">JSON in UTF-8: it may have megabytes, and becomes no text on its way.</param>
    public SqlText Jsonb(byte[] utf8) => Add(new SqlValue(null, utf8));

    private SqlText Add(SqlValue value)
    {
        _values.Add(value);
        _text.Append(CultureInfo.InvariantCulture, $"${_values.Count}");
        return this;
    }

    internal readonly record struct SqlValue(string? Text, byte[]? Jsonb)
    {
        /// <summary>A text's type is left to PostgreSQL: that of the column or argument it meets.</summary>
        public NpgsqlParameter ToParameter() => Jsonb is null
            ? new() { Value = (object?)Text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown }
            : new() { Value = Jsonb, NpgsqlDbType = NpgsqlDbType.Jsonb };
    }
}

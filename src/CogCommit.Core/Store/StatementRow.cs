using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>
/// The row at which a reader stands, by SQLite's own functions: one call for a value, where the library asks first what it is, and again
/// where it may be NULL. For lists, of whose time those calls were a third.
/// </summary>
/// <param name="statement">The reader's <c>Handle</c>.</param>
internal readonly ref struct StatementRow(sqlite3_stmt statement)
{
    /// <exception cref="InvalidOperationException">It is NULL.</exception>
    public string Text(int column) => TextOrNull(column) ?? throw new InvalidOperationException($"Column {column} of the row holds NULL.");

    public string? TextOrNull(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>0 where it is NULL.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public int SmallNumber(int column) => checked((int)Number(column));

    public bool Flag(int column) => Number(column) != 0;

    public DateTimeOffset Time(int column) => Timestamps.Parse(raw.sqlite3_column_blob(statement, column));

    /// <summary>Null where it is NULL, or empty.</summary>
    public DateTimeOffset? TimeOrNull(int column) =>
        raw.sqlite3_column_blob(statement, column) is { IsEmpty: false } text ? Timestamps.Parse(text) : null;

    /// <summary>A JSON array of texts; see <see cref="JsonText.ReadList(string?)"/>.</summary>
    public TextList List(int column) => JsonText.ReadList(raw.sqlite3_column_blob(statement, column));
}

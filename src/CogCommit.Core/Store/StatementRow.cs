using System.Text;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>
/// The row at which a reader stands, by SQLite's own functions, where the library asks first what a value is, again where it may be NULL, and each time who
/// holds the statement: for lists, of whose time that was the half, and for turns. Until it is disposed of the connection's mutex is held, and no other thread gets at it.
/// </summary>
internal readonly unsafe ref struct StatementRow : IDisposable
{
    private readonly nint _statement;
    private readonly nint _mutex;

    /// <param name="statement">The reader's <c>Handle</c>: the reader lives as long as this.</param>
    public StatementRow(sqlite3_stmt statement)
    {
        _statement = statement.DangerousGetHandle();
        _mutex = ColumnNative.Mutex(ColumnNative.Connection(_statement));
        ColumnNative.Enter(_mutex);
    }

    public void Dispose() => ColumnNative.Leave(_mutex);

    /// <exception cref="InvalidOperationException">It is NULL.</exception>
    public string Text(int column) => TextOrNull(column) ?? throw new InvalidOperationException($"Column {column} of the row holds NULL.");

    public string? TextOrNull(int column)
    {
        var text = Bytes(column, out var isNull);
        return isNull ? null : Encoding.UTF8.GetString(text);
    }

    /// <summary>0 where it is NULL.</summary>
    public long Number(int column) => ColumnNative.Number(ColumnNative.Value(_statement, column));

    public int SmallNumber(int column) => checked((int)Number(column));

    public bool Flag(int column) => Number(column) != 0;

    public DateTimeOffset Time(int column) => Timestamps.Parse(Bytes(column, out _));

    /// <summary>Null where it is NULL, or empty.</summary>
    public DateTimeOffset? TimeOrNull(int column) =>
        Bytes(column, out _) is { IsEmpty: false } text ? Timestamps.Parse(text) : null;

    /// <inheritdoc cref="JsonText.ListOf"/>
    public TextList List(int column) => JsonText.ListOf(Bytes(column, out _));

    private ReadOnlySpan<byte> Bytes(int column, out bool isNull)
    {
        var value = ColumnNative.Value(_statement, column);
        var text = ColumnNative.Text(value);
        isNull = text is null;
        return isNull ? default : new ReadOnlySpan<byte>(text, ColumnNative.Bytes(value));
    }
}

using System.Text.Json;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>A visual with the picture itself.</summary>
/// <param name="Row">What is known of it.</param>
/// <param name="Data">Null when this machine does not have it.</param>
internal sealed record Picture(VisualRow Row, byte[]? Data)
{
    /// <exception cref="FormatException">The picture is not the one that the row names.</exception>
    public static Picture Read(JsonElement json)
    {
        var picture = new Picture(RowJson.ReadVisual(json, RowForm.File), new RowReader(json, "visual", RowForm.File).Base64OrNull("data"));
        return picture.Data is { } data && VisualFiles.HashOf(data) != picture.Row.ContentHash
            ? throw new FormatException("the picture's \"data\" does not have the SHA-256 that \"content_hash\" names")
            : picture;
    }

    public void Write(FieldWriter to)
    {
        RowJson.Visual(to, Row);
        to.Bytes("data", Data);
    }
}

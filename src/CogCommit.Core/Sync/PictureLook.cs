using System.Text.Json;

namespace CogCommit.Core.Sync;

/// <summary>What the cloud says of a user's pictures (docs/sync-protocol.md, "Pictures").</summary>
/// <param name="Stored">Of the paths that were asked for, those that have an object.</param>
/// <param name="Deleted">Objects whose row is deleted, and may come back.</param>
/// <param name="Loose">Objects that nothing brings back.</param>
internal sealed record PictureLook(IReadOnlySet<string> Stored, IReadOnlySet<string> Deleted, IReadOnlyList<string> Loose)
{
    public static PictureLook Read(JsonElement json) => BadAnswer.Reading(() =>
    {
        Protocol.Check(json);
        return new PictureLook(Paths(json, "stored").ToHashSet(), Paths(json, "deleted").ToHashSet(), [.. Paths(json, "loose")]);
    });

    private static IEnumerable<string> Paths(JsonElement json, string name) =>
        CloudRows.Items(json, name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw BadAnswer.Of($"'{name}' that are no texts"));
}

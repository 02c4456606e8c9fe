using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

/// <summary>One of the fields that a user says of a commit: what it says, and how one edit's is put into another.</summary>
internal sealed record CuratedField(string Name, Func<CuratedFields, object?> Of, Func<CuratedFields, CuratedFields, CuratedFields> Put)
{
    public static readonly IReadOnlyList<CuratedField> All =
    [
        new("Title", fields => fields.TitleSet ? fields.Title : null, (into, from) => into with { Title = from.Title, TitleSet = from.TitleSet }),
        new("Project", fields => fields.Project, (into, from) => into with { Project = from.Project }),
        new("Hidden", fields => fields.Hidden, (into, from) => into with { Hidden = from.Hidden }),
        new("Published", fields => fields.Published, (into, from) => into with { Published = from.Published }),
        new("DisplayOrder", fields => fields.DisplayOrder, (into, from) => into with { DisplayOrder = from.DisplayOrder }),
        // When it was deleted is no difference to the user; that it was, is.
        new("Deleted", fields => fields.DeletedAt is not null, (into, from) => into with { DeletedAt = from.DeletedAt }),
    ];

    public static IEnumerable<CuratedField> Between(CuratedFields one, CuratedFields other) => All.Where(field => field.Differs(one, other));

    public bool Differs(CuratedFields one, CuratedFields other) => !Equals(Of(one), Of(other));
}

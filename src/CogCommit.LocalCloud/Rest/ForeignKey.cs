namespace CogCommit.LocalCloud.Rest;

/// <summary>A foreign key between two relations of the schema public. The columns stand in the same order on both sides.</summary>
internal sealed record ForeignKey(
    string Name, string Child, string Parent, IReadOnlyList<string> ChildColumns, IReadOnlyList<string> ParentColumns);

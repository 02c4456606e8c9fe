namespace CogCommit.Core.Capture;

/// <summary>What is said of a picture that is added by hand.</summary>
public sealed record VisualDraft
{
    /// <summary>The type of a picture of which none is said.</summary>
    public const string DefaultType = "screenshot";

    /// <summary>The commit it belongs to; null where <see cref="TurnId"/> says it.</summary>
    public string? CommitId { get; init; }

    /// <summary>The turn that it shows; null when it belongs to the commit as a whole.</summary>
    public string? TurnId { get; init; }

    /// <summary>A word; null: <see cref="DefaultType"/>, or, of one that is there, the type it has.</summary>
    public string? Type { get; init; }

    /// <summary>Null: none, or, of one that is there, the caption it has. Empty: none.</summary>
    public string? Caption { get; init; }
}

namespace CogCommit.CloudModel.Push;

/// <summary>A commit's halves are judged apart.</summary>
internal enum VerdictKind
{
    Captured,
    Curated,
    Session,
    Turn,
    Visual,
}

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes names of projects, where they may have wildcards.</summary>
internal sealed class ProjectCompleter : ProjectNameCompleter
{
    protected override bool TakesWildcards => true;
}

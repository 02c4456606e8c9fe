namespace CogCommit.Core.Capture.Project;

/// <summary>The project of an agent session, as this machine sees it (rule 10).</summary>
/// <param name="Name">Null when the session has no cwd, or one without a name.</param>
/// <param name="RemoteUrl">Without user name and password.</param>
/// <param name="Folder">The main work tree on this machine, else the cwd.</param>
internal sealed record ProjectGuess(string? Name, string? RemoteUrl, string? Folder);

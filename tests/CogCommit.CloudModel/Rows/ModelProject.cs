namespace CogCommit.CloudModel.Rows;

/// <summary>A row of projects.</summary>
internal sealed record ModelProject(string Name, string? RemoteUrl, long Seq);

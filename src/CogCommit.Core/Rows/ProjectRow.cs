namespace CogCommit.Core.Rows;

internal sealed record ProjectRow(string Name, string? RemoteUrl);

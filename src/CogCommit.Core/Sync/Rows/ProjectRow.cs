namespace CogCommit.Core.Sync;

internal sealed record ProjectRow(string Name, string? RemoteUrl);

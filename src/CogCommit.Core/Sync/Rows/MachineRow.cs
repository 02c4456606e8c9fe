namespace CogCommit.Core.Sync;

internal sealed record MachineRow(string MachineId, string? Name);

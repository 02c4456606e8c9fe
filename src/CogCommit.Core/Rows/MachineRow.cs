namespace CogCommit.Core.Rows;

internal sealed record MachineRow(string MachineId, string? Name);

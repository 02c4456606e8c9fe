namespace CogCommit.CloudModel.Rows;

/// <summary>A row of machines. SyncedSeq is the last push that came from it and changed something: the column sync_cursor.</summary>
internal sealed record ModelMachine(string MachineId, string? Name, long Seq, long? SyncedSeq = null);

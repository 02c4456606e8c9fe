namespace CogCommit.CloudModel.Rows;

/// <summary>A row of sync_pushes, and which rows it wrote: what the cloud finds by its indexes on seq. Such a row may have moved on since.</summary>
internal sealed record ModelPushEntry(long Seq, string PushId, string BatchId, int Rows, long Bytes, TouchedRows Touched);

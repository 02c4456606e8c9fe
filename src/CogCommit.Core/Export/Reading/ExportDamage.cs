namespace CogCommit.Core.Export.Reading;

internal static class ExportDamage
{
    public static CogCommitException At(string path, long line, string reason, Exception? cause = null) => new(
        "ExportDamaged",
        $"{path}, line {line}: {reason}. Nothing of this file was imported; export it again, or take another copy.",
        ErrorKind.InvalidData,
        cause);

    public static CogCommitException Foreign(string path) => new(
        "NotAnExport",
        $"{path} is no export of CogCommit: one begins with {{\"{ExportFile.Mark}\": ... (Export-CogCommit -Format Json or Jsonl).",
        ErrorKind.InvalidData);

    public static CogCommitException Newer(string path, long version) => new(
        "ExportNewer",
        $"{path} was written by a newer CogCommit (export format {version}; this one reads up to {ExportFile.Version}). Nothing was imported; update the module.",
        ErrorKind.Newer);
}

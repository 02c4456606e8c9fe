using System.Text.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

/// <summary>The version of docs/sync-protocol.md that this module speaks.</summary>
internal static class Protocol
{
    public const int Version = 1;

    public static void Check(JsonElement answer)
    {
        var version = BadAnswer.Reading(() => new RowReader(answer, "answer").Number("protocol"));
        if (version != Version)
        {
            throw new CogCommitException(
                "OtherProtocol",
                $"The cloud speaks version {version} of the sync protocol, this module version {Version}. Nothing was changed. "
                + (version > Version ? "Update the module." : "Update the cloud: apply the migrations in supabase/."),
                ErrorKind.Newer);
        }
    }
}

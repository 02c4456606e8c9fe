using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>daemon.json: replaced in one step by the watcher, read by everybody.</summary>
internal sealed class DaemonFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Null where there is none, or it holds no record.</summary>
    public DaemonRecord? Read()
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize<DaemonRecord>(stream, Json);
        }
        catch (Exception none) when (none is JsonException || FileErrors.IsRefusal(none))
        {
            // It only describes: who cannot read it still knows by the lock whether somebody watches.
            return null;
        }
    }

    /// <exception cref="IOException">The system refused; the file is as it was.</exception>
    public void Write(DaemonRecord record)
    {
        var fresh = path + ".new";
        try
        {
            using (var stream = PrivateFiles.Open(fresh, FileMode.Create, FileShare.None))
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(record, Json));
            }

            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    public void Delete() => File.Delete(path);
}

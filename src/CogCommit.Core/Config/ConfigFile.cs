using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CogCommit.Core.Store;

namespace CogCommit.Core.Config;

/// <summary>config.json as a file: read whole, changed under a lock, replaced in one step. Keys it does not know stay.</summary>
internal sealed class ConfigFile(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    // People read and edit the file: no \u escapes where JSON needs none.
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Path => path;

    /// <summary>What stands in the file; an empty object where there is none.</summary>
    public JsonObject Read()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new CogCommitException("ConfigNotReadable", $"The settings '{path}' cannot be read: {refused.Message}", ErrorKind.ReadOnly, refused);
        }
        try
        {
            var json = bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsSpan(ByteOrderMark.Length) : bytes;
            if (!Utf8.IsValid(json))
            {
                throw new JsonException("It is no UTF-8.");
            }

            var values = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("It is no object.");
            // A key that stands there twice, and half a character, are only noticed when they are looked at. What cannot be written again
            // could not be kept.
            _ = values.Count;
            _ = JsonSerializer.SerializeToUtf8Bytes(values, Written);
            return values;
        }
        catch (Exception damage) when (damage is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new CogCommitException(
                "ConfigDamaged",
                $"The settings '{path}' are damaged: {damage.Message} The file was left as it is. Mend it, or move it away to begin with the defaults.",
                ErrorKind.InvalidData,
                damage);
        }
    }

    /// <summary>Reads, changes and replaces, while no other process does the same.</summary>
    public JsonObject Update(Action<JsonObject> change)
    {
        try
        {
            PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
            using var held = Lock();
            var values = Read();
            change(values);
            Replace(JsonSerializer.SerializeToUtf8Bytes(values, Written));
            return values;
        }
        catch (Exception full) when (FileErrors.IsDiskFull(full))
        {
            throw FileErrors.DiskFull($"the settings '{path}'", "They are as they were.", full);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new CogCommitException(
                "ConfigNotWritable",
                $"The settings '{path}' cannot be written: {refused.Message} They are as they were. Give yourself the right to write the folder, then try again.",
                ErrorKind.ReadOnly,
                refused);
        }
    }

    private void Replace(byte[] json)
    {
        var fresh = path + ".new";
        try
        {
            using (var stream = PrivateFiles.Open(fresh, FileMode.Create, FileShare.None))
            {
                stream.Write(json);
                stream.Flush(flushToDisk: true);
            }
            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private FileStream Lock()
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return PrivateFiles.Open(path + ".lock", FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException held) when (FileErrors.IsHeld(held) && Environment.TickCount64 < deadline)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CogCommit.LocalCloud;

/// <summary>The secrets of one data folder: made once, readable by their owner only.</summary>
internal sealed record CloudKeys(string JwtSecret, string Secret, DateTimeOffset MadeAt)
{
    public static CloudKeys LoadOrCreate(string dataFolder, string? secret, TimeProvider clock)
    {
        var path = Path.Combine(dataFolder, "keys.json");
        if (File.Exists(path))
        {
            var kept = JsonSerializer.Deserialize<CloudKeys>(File.ReadAllBytes(path))
                ?? throw new InvalidDataException($"{path} holds no keys. Restore it, or delete it: everybody then signs in again.");
            return secret is null ? kept : kept with { Secret = secret };
        }

        var keys = new CloudKeys(RandomText(48), secret ?? RandomText(15), clock.GetUtcNow());
        CreateFolder(dataFolder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, keys);
        return keys;
    }

    public static string RandomText(int bytes) => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Others may pass through it (PostgreSQL's own user has to, where root starts the cloud) but not list it.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}

namespace CogCommit.LocalCloud.Storage;

/// <summary>A folder that nobody but the cloud's own user may look into.</summary>
internal static class PrivateFolder
{
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

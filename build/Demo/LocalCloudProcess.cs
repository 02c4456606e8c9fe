using System.Text.Json;

namespace CogCommit.Build.Demo;

/// <summary>A local cloud as a child process. It ends when its standard input closes, also when this process is killed.</summary>
internal sealed record LocalCloudProcess(Uri Url, string AnonKey, string Secret)
{
    public static LocalCloudProcess Start(Children children, string folder)
    {
        var program = Repository.PathOf("src", "CogCommit.LocalCloud", "bin", "Debug", "net10.0", "CogCommit.LocalCloud.dll");
        var info = Children.StartInfo(Programs.Dotnet, [program, "--data", folder, "--urls", "http://127.0.0.1:0", "--stop-with-parent"], null);
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        var process = children.Start(info);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (!line.StartsWith('{'))
            {
                continue;
            }

            using var said = JsonDocument.Parse(line);
            // A full pipe would stop the cloud.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new LocalCloudProcess(
                new Uri(Text(said, "url")),
                Text(said, "anonKey"),
                Text(said, "secret"));
        }

        throw new BuildException("The local cloud did not start; what it said stands above.");
    }

    private static string Text(JsonDocument said, string name) =>
        said.RootElement.GetProperty(name).GetString() ?? throw new BuildException($"The local cloud did not say its {name}.");
}

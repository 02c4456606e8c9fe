using System.Diagnostics;
using System.Text.Json;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>One local cloud for all tests, as a child process over a real PostgreSQL; started by the first test that needs it.</summary>
public sealed class LocalCloud : IDisposable
{
    private readonly Lazy<Running> _running = new(Start);

    internal Uri Url => _running.Value.Url;

    internal string AnonKey => _running.Value.AnonKey;

    internal string Secret => _running.Value.Secret;

    public void Dispose()
    {
        if (_running.IsValueCreated)
        {
            _running.Value.Stop();
        }
    }

    private static Running Start()
    {
        // Ours is the folder <configuration>/<framework>; so is the program's.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            RepositoryRoot.Path, "src", "CogCommit.LocalCloud", "bin", output.Parent!.Name, output.Name, "CogCommit.LocalCloud.dll");
        var folder = Directory.CreateTempSubdirectory("cogcommit-cloud-");
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL's own user passes through it where root runs the tests; a cluster elsewhere would stay behind.
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var data = folder.FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in new[] { program, "--data", data, "--urls", "http://127.0.0.1:0", "--stop-with-parent" })
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith('{'))
            {
                // A full pipe would stop it.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                var said = JsonDocument.Parse(line).RootElement;
                return new Running(process, data, new Uri(Text(said, "url")), Text(said, "anonKey"), Text(said, "secret"));
            }
        }
        throw new InvalidOperationException($"The local cloud ended before it served, with {process.ExitCode}.");
    }

    private static string Text(JsonElement said, string name) => said.GetProperty(name).GetString()!;

    private sealed record Running(Process Process, string Data, Uri Url, string AnonKey, string Secret)
    {
        public void Stop()
        {
            Process.StandardInput.Close();
            Process.WaitForExit();
            Process.Dispose();
            Directory.Delete(Data, recursive: true);
        }
    }
}

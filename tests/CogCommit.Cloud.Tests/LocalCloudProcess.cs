using System.Diagnostics;
using System.Text.Json;

namespace CogCommit.Cloud.Tests;

/// <summary>The local cloud as its users start it: a process of its own, that stops when its input closes. Needs only the program's path.</summary>
public sealed class LocalCloudProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LocalCloudProcess(Process process, JsonElement line)
    {
        _process = process;
        Url = new Uri(line.GetProperty("url").GetString()!);
        AnonKey = line.GetProperty("anonKey").GetString()!;
        Secret = line.GetProperty("secret").GetString()!;
    }

    public Uri Url { get; }

    public string AnonKey { get; }

    public string Secret { get; }

    /// <summary>The line it printed when it began to serve, and nothing else before it.</summary>
    public static async Task<LocalCloudProcess> StartAsync(string program, params IEnumerable<string> arguments)
    {
        var process = Start(program, [.. arguments, "--urls", "http://127.0.0.1:0", "--stop-with-parent"]);
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        return line is not null
            ? new LocalCloudProcess(process, JsonElement.Parse(line))
            : throw new InvalidOperationException("the local cloud did not start: " + await errors);
    }

    public static Process Start(string program, params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>A refresh token of the user of this name, as Connect-CogCommit -RefreshToken takes it.</summary>
    public async Task<string> RefreshTokenAsync(string userName) =>
        (await WireSignIn.GrantAsync(Url, AnonKey, Secret, userName)).GetProperty("refresh_token").GetString()!;

    /// <summary>Closes its input and waits for its end. Gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }
}

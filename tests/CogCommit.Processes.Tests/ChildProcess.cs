using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CogCommit.Core.Store;

namespace CogCommit.Processes.Tests;

/// <summary>The child program at work on a home. Its lines come as it says them.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CogCommit.Processes.Child.dll");

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly ConcurrentQueue<string> _lines = [];

    private ChildProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>All that it has said and somebody has read.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>128 and the signal's number where it was killed.</summary>
    public int ExitCode => _process.ExitCode;

    /// <param name="home">The home that it works on.</param>
    /// <param name="standAt">The line at which it stands still; 0: never.</param>
    /// <param name="command">A work and its arguments.</param>
    public static ChildProcess Start(CogCommitHome home, int standAt, params string[] command) => Start(home, standAt, ["dotnet", Program], command);

    /// <param name="home">The home that it works on.</param>
    /// <param name="standAt">The line at which it stands still; 0: never.</param>
    /// <param name="launcher">What comes before the program's arguments: a shell with limits, another user.</param>
    /// <param name="command">A work and its arguments.</param>
    public static ChildProcess Start(CogCommitHome home, int standAt, IReadOnlyList<string> launcher, params string[] command)
    {
        var start = new ProcessStartInfo(launcher[0], [.. launcher.Skip(1), command[0], standAt.ToString(CultureInfo.InvariantCulture), .. command.Skip(1)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["COGCOMMIT_HOME"] = home.Root;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Its path, for a launcher of another kind.</summary>
    public static string ProgramPath => Program;

    /// <summary>The next line, or null when it has ended.</summary>
    public async Task<string?> ReadAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is not null)
        {
            _lines.Enqueue(line);
        }

        return line;
    }

    /// <summary>Reads until a line begins with this.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task<string> ReadToAsync(string beginning)
    {
        while (await ReadAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without '{beginning}': {await _errors}");
    }

    /// <summary>SIGKILL, or what is as sudden elsewhere: nothing in the process runs any more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Reads what it still says, and waits for its end. Gives what it wrote as errors.</summary>
    public async Task<string> EndAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await _errors;
    }

    /// <summary>Runs a work to its end, which must be a good one.</summary>
    public static async Task<IReadOnlyCollection<string>> RunAsync(CogCommitHome home, params string[] command)
    {
        using var child = Start(home, 0, command);
        var errors = await child.EndAsync();
        Assert.True(child.ExitCode == 0, $"{string.Join(' ', command)} ended with {child.ExitCode}: {string.Join('\n', child.Lines.TakeLast(5))}\n{errors}");
        return child.Lines;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

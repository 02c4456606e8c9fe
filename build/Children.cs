using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace CogCommit.Build;

/// <summary>The processes that this one started. None outlives it.</summary>
internal sealed class Children : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<Process> _running = [];
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly List<Action> _cleanups = [];
    private bool _stopped;

    public Children()
    {
        // After an exception that nobody catches no finally block runs.
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Dispose();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Dispose();
                Environment.Exit(128 + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
            }));
        }
    }

    /// <summary>Runs a program to its end, its output on ours.</summary>
    /// <returns>Its exit code.</returns>
    public int Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        using var process = Start(StartInfo(program, arguments, environment));
        process.WaitForExit();
        Forget(process);
        return process.ExitCode;
    }

    /// <summary>
    /// As the other, but what the program says is given when it has ended: others may be at work beside it.
    /// One that takes longer than the limit is stopped, with all that it started; null: it may take as long as it likes.
    /// </summary>
    public ChildOutcome RunAside(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? limit = null)
    {
        var info = StartInfo(program, arguments, environment);
        info.RedirectStandardOutput = info.RedirectStandardError = true;
        var said = new StringBuilder();
        using var process = Start(info);
        var reading = Task.WhenAll(Collect(process.StandardOutput), Collect(process.StandardError));
        var inTime = process.WaitForExit(limit ?? Timeout.InfiniteTimeSpan);
        if (!inTime)
        {
            Stop(process);
        }

        // What it started and left behind may hold its pipes for ever.
        reading.Wait(Patience);
        Forget(process);
        lock (said)
        {
            return new ChildOutcome(process.ExitCode, inTime, said.ToString());
        }

        async Task Collect(StreamReader reader)
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                lock (said)
                {
                    said.AppendLine(line);
                }
            }
        }
    }

    /// <summary>Runs a program to its end and gives what it wrote to stdout.</summary>
    public (int ExitCode, string Output) Capture(string program, params string[] arguments)
    {
        var info = StartInfo(program, arguments, null);
        info.RedirectStandardOutput = true;
        using var process = Start(info);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Forget(process);
        return (process.ExitCode, output);
    }

    public Process Start(ProcessStartInfo info)
    {
        var process = new Process { StartInfo = info };
        Start(process);
        return process;
    }

    private void Start(Process process)
    {
        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            process.Start();
            _running.Add(process);
        }
    }

    /// <summary>What to do, last come first served, when this process ends and its children are gone.</summary>
    public void AtTheEnd(Action cleanup)
    {
        lock (_running)
        {
            _cleanups.Add(cleanup);
        }
    }

    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            info.Environment[name] = value;
        }

        return info;
    }

    public void Dispose()
    {
        lock (_running)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            foreach (var process in _running)
            {
                Stop(process);
            }

            foreach (var cleanup in Enumerable.Reverse(_cleanups))
            {
                cleanup();
            }
        }
    }

    private static void Stop(Process process)
    {
        try
        {
            // A child that ends with its input ends in order: the local cloud stops its PostgreSQL.
            if (process.StartInfo.RedirectStandardInput)
            {
                process.StandardInput.Close();
                if (process.WaitForExit(Patience))
                {
                    return;
                }
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    private void Forget(Process process)
    {
        lock (_running)
        {
            _running.Remove(process);
        }
    }
}

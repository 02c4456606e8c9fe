using System.Diagnostics;

namespace CogCommit.Testing;

/// <summary>A pipe that stands among the files: whoever opens it to read waits for somebody who writes.</summary>
internal static class NamedPipe
{
    /// <summary>Makes one; skips the test where the system has none.</summary>
    public static async Task MakeAsync(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, made.ExitCode);
    }

    /// <summary>To open one blocks a thread for good, so what must not open it has one of its own.</summary>
    /// <exception cref="TimeoutException">It waits.</exception>
    public static Task<T> NotWaitedForAsync<T>(Func<T> work) =>
        Task.Run(work, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
}

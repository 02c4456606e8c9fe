using System.Diagnostics;

namespace CogCommit.PowerShell.Tests.Loading;

/// <summary>Runs an explicit test in a process of its own: in this one the other tests have loaded everything long since.</summary>
internal static class OwnProcess
{
    /// <summary>Fails with all that the process said, unless the one test ran there and passed.</summary>
    public static async Task RunAsync<T>(string test)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        }
        foreach (var argument in new[] { "-explicit", "only", "-method", $"{typeof(T).FullName}.{test}", "-noColor" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, said);
        Assert.Contains("Total: 1", said, StringComparison.Ordinal);
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace CogCommit.Cloud.Tests;

/// <summary>A folder with a package.json: what npm installs there, once, for a test that uses it.</summary>
internal static class NpmFolder
{
    // Where a registry does not answer npm itself waits five minutes, three times, for each package.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The folder below tests/, with its packages. Skips the test where npm is not there, or cannot install them.</summary>
    public static async Task<string> InstalledAsync(string name)
    {
        var folder = Path.Combine(RepositoryRoot(), "tests", name);
        if (Directory.Exists(Path.Combine(folder, "node_modules", ".bin")) || File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            return folder;
        }

        try
        {
            var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var npm = Process.Start(start)!;
            var said = Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            late.CancelAfter(Patience);
            try
            {
                await npm.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                npm.Kill(entireProcessTree: true);
                await npm.WaitForExitAsync(CancellationToken.None);
                // Half of them would be taken for all.
                if (Directory.Exists(Path.Combine(folder, "node_modules")))
                {
                    Directory.Delete(Path.Combine(folder, "node_modules"), recursive: true);
                }

                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                Assert.Skip($"npm did not install what tests/{name} needs within {Patience}: {string.Concat(await said)}");
            }

            Assert.SkipWhen(npm.ExitCode != 0, $"npm could not install what tests/{name} needs: {string.Concat(await said)}");
        }
        catch (Win32Exception)
        {
            Assert.Skip($"npm is not on this machine, so what tests/{name} needs is not either.");
        }

        return folder;
    }

    public static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CogCommit.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("CogCommit.sln is in no folder above the test.");
        }

        return folder;
    }
}

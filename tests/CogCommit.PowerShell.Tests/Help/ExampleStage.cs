using System.Diagnostics;
using System.Globalization;
using CogCommit.Help.Pages;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests.Help;

/// <summary>
/// Where examples run: a work tree lantern-shop whose HEAD closed a commit of today, and a store with the samples, that commit and a deleted
/// one, and settings that are not the default. Each example has a copy of the store, and each that needs a cloud a user of its own. docs/cmdlets/README.md promises it so.
/// </summary>
public sealed class ExampleStage : IDisposable
{
    private const string Deleted = "3f7affb5";
    private const string Edited = "47137ff9";

    private readonly LocalCloud _cloud;
    private readonly Machines _machines;
    private readonly Lazy<string> _conflict;
    private readonly string _plain;
    private int _users;

    public ExampleStage(LocalCloud cloud)
    {
        _cloud = cloud;
        _machines = new Machines(cloud);
        var tree = Directory.CreateDirectory(Path.Combine(_machines.Folder, "lantern-shop")).FullName;
        Git(tree, "init", "--quiet", "--initial-branch=main");
        Git(tree, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "--allow-empty", "-m", "Wrap the lanterns");
        var hash = Git(tree, "rev-parse", "--short", "HEAD");

        // What an example finds is there: Import-CogCommit without a path, too.
        var claude = Path.Combine(_machines.Folder, "claude");
        var anHourAgo = DateTimeOffset.UtcNow.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        new Transcript("lantern-shop", "main", anHourAgo).Prompt("Wrap the lanterns for shipping").GitCommit(hash, "Wrap the lanterns").Write(claude);
        Copy(Path.Combine(RepositoryRoot.Path, "samples", "claude-code"), Path.Combine(tree, "transcripts"));
        File.WriteAllText(Path.Combine(tree, "transcripts", "damaged.jsonl"), "no record\n");
        Directory.CreateDirectory(Path.Combine(tree, "notes"));
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(tree, "pictures")).FullName, "checkout.png"), Png.Of(1));

        _machines.Run(
            """
            $null = $ExecutionContext.SessionState.Path.SetLocation($args[0])
            # Questions are answered with yes, and no browser is opened.
            $global:ConfirmPreference = 'None'
            $global:PSDefaultParameterValues = @{ 'Connect-CogCommit:NoBrowser' = $true }
            $null = Import-CogCommit; $null = Import-CogCommit ./transcripts
            Export-CogCommit -Path ./history.jsonl
            Remove-CogCommit $args[1] -Cloud
            Set-CogCommitConfig exclude-projects private-notes
            Set-CogCommitConfig storage cloud
            """, tree, Deleted).Fine();
        _plain = _machines.Home;
        _conflict = new Lazy<string>(MakeConflict);
    }

    /// <summary>Runs an example as its words on the fence ask.</summary>
    internal Outcome Run(Example example)
    {
        var needs = example.Needs;
        var machine = "m" + Guid.NewGuid().ToString("N");
        Copy(needs.Contains("conflict") ? _conflict.Value : _plain, Path.Combine(_machines.Folder, machine));
        _machines.Machine(machine);
        if (!needs.Contains("cloud"))
        {
            return _machines.Run(example.Code);
        }
        var user = NewUser();
        if (needs.Contains("signin"))
        {
            var code = example.Code
                .Replace("https://abcdefghijkl.supabase.co", _cloud.Url.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)
                .Replace("sb_publishable_0123456789", _cloud.AnonKey, StringComparison.Ordinal);
            // The line of the example takes no arguments; those of Connect are left over.
            return _machines.Connect(user, line: code);
        }
        _machines.Connect(user).Fine();
        _machines.Run("Sync-CogCommit").Fine();
        return _machines.Run(example.Code);
    }

    internal Outcome Ask(string script, params object?[] arguments) => _machines.Run(script, arguments);

    public void Dispose() => _machines.Dispose();

    private string NewUser() => string.Create(CultureInfo.InvariantCulture, $"u{Guid.NewGuid().ToString("N")[..8]}{++_users}");

    /// <summary>Two machines gave the same commit a title before either knew of the other.</summary>
    private string MakeConflict()
    {
        var user = NewUser();
        foreach (var machine in new[] { "one-of-two", "two-of-two" })
        {
            Copy(_plain, Path.Combine(_machines.Folder, machine));
            // A copied folder says itself that it is another machine's.
            _machines.Machine(machine);
            _machines.Connect(user, $"-MachineName {machine}").Fine();
            _machines.Run("Sync-CogCommit").Fine();
        }
        _machines.Run("Set-CogCommit $args[0] -Title 'of two'", Edited).Fine();
        _machines.Machine("one-of-two");
        _machines.Run("Set-CogCommit $args[0] -Title 'of one'; Sync-CogCommit", Edited).Fine();
        _machines.Machine("two-of-two");
        _machines.Run("Sync-CogCommit").Fine();
        return _machines.Home;
    }

    private static string Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return said;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

using System.Security.Cryptography;
using CogCommit.Core.Capture;
using CogCommit.Core.Health;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Health;

/// <summary>An installation, its user's folder and the agent's, at a time of the test's choosing.</summary>
internal sealed class Patient : IDisposable
{
    public const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    public const string B = "bbbbbbbb-0000-4000-8000-000000000002";

    private readonly TempHome _home = new();

    public Patient() => Environment = new HealthEnvironment
    {
        Home = Home,
        Clock = Clock,
        Variable = name => Variables.GetValueOrDefault(name),
        UserFolder = Path.Combine(_home.Folder, "user"),
        FreeBytes = _ => 50_000_000_000,
    };

    public HealthEnvironment Environment { get; set; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 4, 1, 10, 0, 0, TimeSpan.Zero));

    public Dictionary<string, string> Variables { get; } = [];

    public CogCommitHome Home => _home.Home;

    public string Claude => Path.Combine(Environment.UserFolder, ".claude");

    public string Projects => Path.Combine(Claude, "projects");

    /// <summary>Writes a transcript, last written so many days ago.</summary>
    public string Transcript(string id, double days)
    {
        var path = new TranscriptBuilder(id).Prompt("go").Answer("ok").Write(Path.Combine(Projects, "-home-ann-projects-loom"));
        File.SetLastWriteTimeUtc(path, (Clock.GetUtcNow() - TimeSpan.FromDays(days)).UtcDateTime);
        return path;
    }

    public void Import()
    {
        using var store = StoreFile.Open(Home, Clock);
        new Importer(store).Run(new ImportOptions { Paths = [Projects] }, null, TestContext.Current.CancellationToken);
    }

    public void Write(string sql)
    {
        using var store = StoreFile.Open(Home, Clock);
        store.Write(transaction => transaction.Execute(sql));
    }

    public string Write(string name, string content)
    {
        var path = Path.Combine(name.StartsWith('/') ? "" : Home.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public HealthCheck Look(string check) => Assert.Single(All(name => name == check));

    public List<HealthCheck> All(Func<string, bool>? wanted = null)
    {
        var found = new List<HealthCheck>();
        HealthChecks.RunAsync(Environment, wanted ?? (_ => true), found.Add, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return found;
    }

    /// <summary>
    /// Every file below, its bytes and when it was written. Of a -shm only that it is there: where one is, SQLite notes in it who reads.
    /// </summary>
    public List<string> Snapshot() =>
    [
        .. Directory.EnumerateFileSystemEntries(_home.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => Directory.Exists(path) || path.EndsWith("-shm", StringComparison.Ordinal) ? path : $"{path} {File.GetLastWriteTimeUtc(path):O} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"),
    ];

    public void Dispose() => _home.Dispose();
}

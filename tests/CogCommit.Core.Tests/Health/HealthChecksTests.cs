using CogCommit.Core.Health;
using CogCommit.Core.Tests.Store.Original;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Health;

/// <summary>The doctor as a whole: it looks at everything, and touches nothing.</summary>
public sealed class HealthChecksTests : IDisposable
{
    private readonly Patient _patient = new();

    public static TheoryData<string> States => ["nothing", "sound", "a log left behind", "original", "newer", "damaged", "settings damaged", "sign-in damaged"];

    [Theory]
    [MemberData(nameof(States))]
    public void It_changes_nothing_at_all(string state)
    {
        Make(state);
        var before = _patient.Snapshot();

        var found = _patient.All();
        _patient.Environment = _patient.Environment with { Full = true };
        found.AddRange(_patient.All());

        Assert.Equal(2 * HealthChecks.Names.Count(), found.Count);
        Assert.Equal(before, _patient.Snapshot());
    }

    [Fact]
    public void Nobody_who_is_signed_out_meets_an_exception()
    {
        _patient.Transcript(Patient.A, days: 1);
        _patient.Import();
        var found = _patient.All().ToDictionary(check => check.Check);
        Assert.All(new[] { "SignIn", "Cloud", "Clock", "Quota", "Pending" }, name => Assert.Equal("Skipped", found[name].Status));
        Assert.Contains("Nobody is signed in", found["Cloud"].Detail, StringComparison.Ordinal);
        Assert.All(found.Values.Where(check => check.Status != "Skipped"), check => Assert.Equal("Ok", check.Status));
    }

    [Fact]
    public async Task A_check_that_throws_is_an_error_of_its_own_and_the_next_is_made()
    {
        var found = new List<HealthCheck>();
        using var subject = new HealthSubject(_patient.Environment);
        await HealthChecks.RunAsync([new Throws(new InvalidOperationException("no idea")), new Throws(new CogCommitException("X", "Said for the reader.", ErrorKind.Conflict)), new Throws(null)], subject, found.Add, TestContext.Current.CancellationToken);
        Assert.Equal(["Error", "Error", "Ok"], found.Select(check => check.Status));
        Assert.Equal(["The check itself failed: InvalidOperationException: no idea", "Said for the reader.", "fine"], found.Select(check => check.Detail));
    }

    [Fact]
    public async Task Who_stops_it_stops_it()
    {
        using var stop = new CancellationTokenSource();
        var found = new List<HealthCheck>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HealthChecks.RunAsync(
            _patient.Environment,
            _ => true,
            check =>
            {
                found.Add(check);
                stop.Cancel();
            },
            stop.Token));
        Assert.Single(found);
    }

    public void Dispose() => _patient.Dispose();

    private void Make(string state)
    {
        _patient.Transcript(Patient.A, days: 3);
        if (state != "nothing")
        {
            _patient.Import();
            _patient.Transcript(Patient.B, days: 2);
        }

        var path = _patient.Home.DatabasePath;
        switch (state)
        {
            case "a log left behind":
                LeaveLog(path);
                break;
            case "original":
                SqliteConnection.ClearAllPools();
                File.Delete(path);
                OriginalDatabase.Create(_patient.Home, 6);
                break;
            case "newer":
                _patient.Write("insert into schema_version values (101)");
                break;
            case "damaged":
                Damage.Pages(path);
                break;
            case "settings damaged":
                _patient.Write("config.json", "{ oh");
                break;
            case "sign-in damaged":
                _patient.Write("auth.json", "{ oh");
                break;
        }
    }

    /// <summary>As a process that died leaves it: what it wrote last stands in the log alone.</summary>
    private static void LeaveLog(string path)
    {
        using (var writer = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            writer.Open();
            using var command = writer.CreateCommand();
            command.CommandText = "update cognitive_commits set title = 'In the log', title_set = 1";
            command.ExecuteNonQuery();
            foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            {
                File.Copy(file, file + ".kept");
            }
        }

        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Move(file + ".kept", file, overwrite: true);
        }
    }

    private sealed class Throws(Exception? what) : IHealthCheck
    {
        public string Name => "Throws";

        public string Description => "";

        public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation) =>
            what is null ? Task.FromResult(HealthFinding.Ok("fine")) : throw what;
    }
}

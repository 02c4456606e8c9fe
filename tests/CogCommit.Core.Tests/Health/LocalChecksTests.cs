using CogCommit.Core.Health;
using CogCommit.Core.Health.Checks;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store.Original;

namespace CogCommit.Core.Tests.Health;

/// <summary>Each check that asks nobody but this machine, in each of its states.</summary>
public sealed class LocalChecksTests : IDisposable
{
    private readonly Patient _patient = new();

    [Fact]
    public void Home_tells_whose_it_is_and_when_the_wrong_one_is_named()
    {
        Expect("Home", HealthStatus.Ok, "named by COGCOMMIT_HOME");
        using (StoreFile.Open(new CogCommitHome(Path.Combine(_patient.Environment.UserFolder, ".cogcommit"))))
        {
        }

        Expect("Home", HealthStatus.Warning, "there is one in", "Clear COGCOMMIT_HOME");
        _patient.Environment = _patient.Environment with { Home = new CogCommitHome(Path.Combine(_patient.Environment.UserFolder, ".cogcommit")) };
        Assert.Equal(_patient.Environment.Home.Root, _patient.Look("Home").Detail);
    }

    [Theory]
    [InlineData(false, "sound.")]
    [InlineData(true, "full text included")]
    public void Store_is_missing_sound_or_damaged(bool full, string sound)
    {
        _patient.Environment = _patient.Environment with { Full = full };
        Expect("Store", HealthStatus.Warning, "no store yet", "Import-CogCommit");
        _patient.Transcript(Patient.A, 1);
        _patient.Import();
        Expect("Store", HealthStatus.Ok, sound);
        Damage.Pages(_patient.Home.DatabasePath);
        Expect("Store", HealthStatus.Error, "damaged");
        File.WriteAllText(_patient.Home.DatabasePath, "no database at all, but a text that somebody wrote over it");
        Expect("Store", HealthStatus.Error, "damaged or no SQLite database");
        Expect("Conflicts", HealthStatus.Skipped, "see the check Store");
    }

    [Fact]
    public void A_full_text_index_that_is_not_whole_is_found()
    {
        _patient.Transcript(Patient.A, 1);
        _patient.Import();
        _patient.Write("update turn_index_data set block = zeroblob(length(block)) where id > 10");
        _patient.Environment = _patient.Environment with { Full = true };
        Expect("Store", HealthStatus.Error, "turn_index", "Import-CogCommit -Rebuild");
        using (var store = StoreFile.Open(_patient.Home))
        {
            FullTextIndex.Rebuild(store, null, TestContext.Current.CancellationToken);
        }

        Expect("Store", HealthStatus.Ok, "full text included");
    }

    [Fact]
    public void Damage_that_is_only_seen_while_the_file_changes_is_none()
    {
        var looks = 0;

        Assert.Empty(StoreCheck.Steady(() => looks == 0 ? "before" : "after", () => looks++ == 0 ? ["torn"] : []));
        Assert.Equal(2, looks);
    }

    [Fact]
    public void Damage_that_stays_is_told_after_a_few_looks_whoever_writes()
    {
        var looks = 0;

        Assert.Equal(["torn"], StoreCheck.Steady(() => new object(), () =>
        {
            looks++;
            return ["torn"];
        }));
        Assert.Equal(3, looks);
        Assert.Equal(["torn"], StoreCheck.Steady(() => "same", () => ["torn"]));
    }

    [Fact]
    public void Version_is_ours_newer_or_the_originals()
    {
        Expect("Version", HealthStatus.Skipped, "no store yet");
        OriginalDatabase.Create(_patient.Home, 6);
        Expect("Version", HealthStatus.Warning, "version 6, of the original", "Import-CogCommit");
        Expect("Failed", HealthStatus.Skipped, "see the check Version");
        using (StoreFile.Open(_patient.Home))
        {
        }

        Expect("Version", HealthStatus.Ok, "100");
        _patient.Write("insert into schema_version values (101)");
        Expect("Version", HealthStatus.Error, "version 101", "Update-Module");
    }

    [Theory]
    [InlineData(50L << 30, HealthStatus.Ok, "50.0 GB")]
    [InlineData(500 << 20, HealthStatus.Warning, "500.0 MB")]
    [InlineData(5 << 20, HealthStatus.Error, "5.0 MB")]
    public void Disk_says_what_is_left(long free, HealthStatus status, string said)
    {
        _patient.Environment = _patient.Environment with { FreeBytes = _ => free };
        Expect("Disk", status, said);
    }

    [Fact]
    public void Locks_are_told_while_somebody_holds_them()
    {
        _patient.Transcript(Patient.A, 1);
        _patient.Import();
        Expect("Locks", HealthStatus.Ok, "Nobody");
        using (StoreLock.Take(_patient.Home.DatabasePath, TimeSpan.Zero))
        {
            Expect("Locks", HealthStatus.Warning, _patient.Home.DatabasePath + ".lock", "Wait for it");
        }

        Expect("Locks", HealthStatus.Ok, "Nobody");
    }

    [Theory]
    [InlineData(null, HealthStatus.Ok, "defaults")]
    [InlineData("{}", HealthStatus.Ok, "in order")]
    [InlineData("""{"exclude-projects":["secret-*"]}""", HealthStatus.Ok, "secret-*")]
    [InlineData("""{"storage":"cloud"}""", HealthStatus.Ok, "in order")]
    [InlineData("""{"storage":"local"}""", HealthStatus.Ok, "stays on this machine")]
    [InlineData("""{"storage":"moon"}""", HealthStatus.Error, "'local' or 'cloud'")]
    [InlineData("{ oh", HealthStatus.Error, "damaged")]
    public void Config_is_in_order_or_told(string? json, HealthStatus status, string said)
    {
        if (json is not null)
        {
            _patient.Write("config.json", json);
        }

        Expect("Config", status, said);
    }

    [Fact]
    public void Transcripts_are_missing_fresh_or_not_imported()
    {
        Expect("Transcripts", HealthStatus.Warning, _patient.Projects, "CLAUDE_CONFIG_DIR");
        _patient.Transcript(Patient.A, days: 3);
        Expect("Transcripts", HealthStatus.Warning, "1 transcript, the newest of 3 days ago; 1 not imported yet.", "Import-CogCommit");
        _patient.Import();
        Expect("Transcripts", HealthStatus.Ok, "all are imported");
        _patient.Transcript(Patient.B, days: 0.2);
        Expect("Transcripts", HealthStatus.Warning, "2 transcripts, the newest of 4 hours ago; 1 not imported yet.");
        _patient.Write("config.json", """{"exclude-projects":["loom"]}""");
        Expect("Transcripts", HealthStatus.Ok, "all are imported");
    }

    [Fact]
    public void A_transcript_that_cannot_be_read_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A file that nobody can read, not even root, is found on Linux alone.");
        _patient.Transcript(Patient.A, days: 3);
        var unreadable = Path.Combine(_patient.Projects, $"{Patient.B}.jsonl");
        File.CreateSymbolicLink(unreadable, "/proc/self/mem");
        Expect("Transcripts", HealthStatus.Warning, unreadable);
    }

    [Theory]
    [InlineData(null, null, 3, HealthStatus.Ok, "30 days, its default: the oldest that is not imported has 27 days left")]
    [InlineData(null, null, 25, HealthStatus.Warning, "5 days left")]
    [InlineData(null, null, 31, HealthStatus.Error, "goes when it starts next")]
    [InlineData("""{"cleanupPeriodDays": 365} // mine""", null, 31, HealthStatus.Ok, "365 days: the oldest that is not imported has 334 days left")]
    [InlineData("""{"cleanupPeriodDays": 365}""", """{"cleanupPeriodDays": 2}""", 1, HealthStatus.Warning, "2 days: the oldest that is not imported has 24 hours left")]
    [InlineData("""{"cleanupPeriodDays": 0}""", null, 1, HealthStatus.Error, "at once")]
    [InlineData("""{"cleanupPeriodDays": "ten"}""", null, 1, HealthStatus.Warning, "no number of days")]
    [InlineData("{ oh", null, 1, HealthStatus.Warning, "cannot be read")]
    [InlineData("[]", "{}", 1, HealthStatus.Ok, "its default")]
    public void Retention_says_how_long_the_oldest_that_is_not_imported_has_left(string? settings, string? local, double days, HealthStatus status, string said)
    {
        _patient.Transcript(Patient.A, days);
        _patient.Transcript(Patient.B, days: 0);
        if (settings is not null)
        {
            File.WriteAllText(Path.Combine(_patient.Claude, "settings.json"), settings);
        }

        if (local is not null)
        {
            File.WriteAllText(Path.Combine(_patient.Claude, "settings.local.json"), local);
        }

        Expect("Retention", status, said);
    }

    [Fact]
    public void Retention_is_of_the_folder_that_the_agent_uses_and_no_matter_once_all_is_imported()
    {
        Expect("Retention", HealthStatus.Skipped, "no transcripts here");
        _patient.Transcript(Patient.A, days: 29);
        _patient.Import();
        Expect("Retention", HealthStatus.Ok, "all are imported");

        var elsewhere = Path.Combine(_patient.Environment.UserFolder, "elsewhere");
        Directory.CreateDirectory(Path.Combine(elsewhere, "projects"));
        File.WriteAllText(Path.Combine(elsewhere, "settings.json"), """{"cleanupPeriodDays": 0}""");
        _patient.Variables["CLAUDE_CONFIG_DIR"] = elsewhere;
        Expect("Retention", HealthStatus.Error, elsewhere);
    }

    [Fact]
    public void Failed_names_the_reasons_of_the_cloud()
    {
        _patient.Transcript(Patient.A, 1);
        _patient.Import();
        Expect("Failed", HealthStatus.Ok, "refused nothing");
        _patient.Write("update turns set push_state = 'error', push_error = 'model', tried_seq = change_seq");
        Expect("Failed", HealthStatus.Warning, "1 commit was refused (model)", "Push-CogCommit -Retry");
        _patient.Write("update turns set push_state = 'too_large', push_error = null; update cognitive_commits set pushed_seq = change_seq; update sessions set pushed_seq = change_seq");
        Expect("Failed", HealthStatus.Warning, "1 commit is too large");
        _patient.Write("update cognitive_commits set push_state = 'over_limit'");
        Expect("Failed", HealthStatus.Warning, "1 commit waits for room");
    }

    [Fact]
    public void Conflicts_are_counted()
    {
        _patient.Transcript(Patient.A, 1);
        _patient.Import();
        Expect("Conflicts", HealthStatus.Ok, "None");
        const string Said = """{"title_set":false,"published":false,"hidden":false,"display_order":0,"version":1,"updated_at":"2026-03-30T10:00:00.000000Z","hash":"a"}""";
        _patient.Write($"""
            insert into conflicts (id, commit_id, lost, won, lost_side, archived_at)
            select 'x', id, '{Said}', '{Said.Replace("\"hidden\":false", "\"hidden\":true", StringComparison.Ordinal)}', 'local', '2026-03-30T10:00:00.000000Z' from cognitive_commits
            """);
        Expect("Conflicts", HealthStatus.Warning, "1 edit lost", "Get-CogCommitConflict");
    }

    [Fact]
    public void A_damaged_sign_in_is_told_with_what_to_type()
    {
        _patient.Write("auth.json", "{ oh");
        Expect("SignIn", HealthStatus.Error, "Run Connect-CogCommit");
        Expect("Cloud", HealthStatus.Error, "Run Connect-CogCommit");
    }

    public void Dispose() => _patient.Dispose();

    private void Expect(string check, HealthStatus status, string said, string? fix = null)
    {
        var found = _patient.Look(check);
        Assert.True(found.Status == status.ToString(), $"{found.Status}: {found.Detail}");
        Assert.Contains(said, found.Detail, StringComparison.Ordinal);
        Assert.Contains(fix ?? "", found.Fix ?? "", StringComparison.Ordinal);
    }
}

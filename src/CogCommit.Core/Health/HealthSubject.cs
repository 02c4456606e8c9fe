using CogCommit.Core.Cloud;
using CogCommit.Core.Config;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Health;

/// <summary>What several checks look at: each is looked up once, when the first one asks.</summary>
internal sealed class HealthSubject : IDisposable
{
    private readonly Lazy<(StoreFile? Store, string? Missing)> _store;
    private readonly Lazy<CloudAccount> _account;
    private readonly Lazy<SyncStatus> _status;
    private readonly Lazy<TranscriptSurvey> _transcripts;
    private Task<CloudLook>? _cloud;

    public HealthSubject(HealthEnvironment environment)
    {
        Environment = environment;
        _store = new(OpenStore);
        _account = new(() => new CloudAccount(environment.Home, null, environment.Handler, environment.Clock));
        _status = new(() => SyncStatusReader.Read(Store!, User));
        _transcripts = new(() => TranscriptSurvey.Of(this));
    }

    public HealthEnvironment Environment { get; }

    public DateTimeOffset Now => Environment.Clock.GetUtcNow();

    /// <summary>The store, open to be looked at; null where <see cref="NoStore"/> says why.</summary>
    public StoreFile? Store => _store.Value.Store;

    public string? NoStore => _store.Value.Missing;

    /// <summary>Who is signed in, or null.</summary>
    public CloudUser? User => _account.Value.Current;

    /// <summary>Only where there is a store.</summary>
    public SyncStatus Status => _status.Value;

    public TranscriptSurvey Transcripts => _transcripts.Value;

    /// <summary>The projects that are never imported. Settings that cannot be read are told by another check.</summary>
    public IReadOnlyList<string> ExcludedProjects()
    {
        try
        {
            return Settings.Load(Environment.Home).ExcludeProjects;
        }
        catch (CogCommitException)
        {
            return [];
        }
    }

    /// <summary>What the cloud says: asked once, for all checks.</summary>
    public Task<CloudLook> CloudAsync(CancellationToken cancellation) => _cloud ??= CloudLook.AtAsync(this, _account.Value, cancellation);

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            Store?.Dispose();
        }

        if (_account.IsValueCreated)
        {
            _account.Value.Dispose();
        }
    }

    private (StoreFile?, string?) OpenStore()
    {
        try
        {
            return StoreFile.VersionOf(Environment.Home) switch
            {
                null => (null, "There is no store yet."),
                StoreConnection.SchemaVersion => (StoreFile.OpenUnchanged(Environment.Home, Environment.Clock), null),
                _ => (null, "The store is of another version: see the check Version."),
            };
        }
        catch (CogCommitException)
        {
            return (null, "The store cannot be read: see the check Store.");
        }
    }
}

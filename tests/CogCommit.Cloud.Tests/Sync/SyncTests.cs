using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.Core.Rows;
using CogCommit.Core.Sync;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>A user with some devices, and the question that every one of these tests ends with: is everything everywhere the same?</summary>
public abstract class SyncTests(SyncDatabase database) : IClassFixture<SyncDatabase>, IAsyncLifetime
{
    private readonly List<Device> _devices = [];

    protected SyncDatabase Database { get; } = database;

    /// <summary>Close to the database's own clock, which refuses to be far behind a device's.</summary>
    private protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow.AddHours(-1));

    protected CloudUserSession User { get; private set; } = null!;

    public async ValueTask InitializeAsync() => User = await Database.NewUserAsync();

    public ValueTask DisposeAsync()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected virtual void Dispose(bool disposing) => _devices.ForEach(device => device.Dispose());

    private protected Device NewDevice(BatchLimits? limits = null, CloudUserSession? user = null, Uri? url = null)
    {
        var device = new Device(new DatabaseCloud(user ?? User, url), Clock, limits);
        Core.Store.MachineIdentity.Of(device.Store);
        _devices.Add(device);
        return device;
    }

    /// <summary>All synced columns of all rows that live: the same on the devices and in the cloud, and nothing waits.</summary>
    private protected Task AssertSameEverywhereAsync(params Device[] devices) => AssertSameEverywhereAsync(User, devices);

    private protected static async Task AssertSameEverywhereAsync(CloudUserSession user, params Device[] devices)
    {
        var cloud = await CloudAsync(user);
        foreach (var device in devices)
        {
            Assert.Equal(cloud, Rows(device));
            Assert.Equal(0, device.Pending());
        }
    }

    /// <summary>The cloud's rows, one text each, as the next device would get them.</summary>
    private static async Task<List<string>> CloudAsync(CloudUserSession user)
    {
        var page = JsonDocument.Parse((await user.PullAsync(maxBytes: 16_000_000)).ToJsonString()).RootElement;
        var rows = PullPage.Read(page).Rows;
        return Sorted(rows.Commits, rows.Sessions, rows.Turns, rows.Visuals);
    }

    private protected static List<string> Rows(Device device) => Rows(device.Store);

    internal static List<string> Rows(Core.Store.StoreFile store)
    {
        using var reader = store.OpenReader();
        List<T> All<T>(string columns, string from, Func<Microsoft.Data.Sqlite.SqliteDataReader, Stored<T>> read)
        {
            using var command = reader.CreateCommand();
            command.CommandText = $"select {columns} from {from}";
            using var row = command.ExecuteReader();
            List<T> found = [];
            while (row.Read())
            {
                found.Add(read(row).Row);
            }

            return found;
        }

        return Sorted(
            All(StoredRows.CommitColumns, "cognitive_commits c", StoredRows.Commit),
            All(StoredRows.SessionColumns, "sessions s", StoredRows.Session),
            All(StoredRows.TurnColumns, "turns t", StoredRows.Turn),
            All(StoredRows.VisualColumns, "visuals v", StoredRows.Visual));
    }

    /// <summary>What counts as a row: sessions that hold turns, and their commits; of a deleted commit its own row.</summary>
    private static List<string> Sorted(
        IReadOnlyList<CommitRow> commits, IReadOnlyList<SessionRow> sessions, IReadOnlyList<TurnRow> turns, IReadOnlyList<VisualRow> visuals)
    {
        var deleted = commits.Where(commit => commit.Purged || commit.Curated?.DeletedAt is not null).Select(commit => commit.Id).ToHashSet();
        var withTurns = turns.Select(turn => turn.SessionId).ToHashSet();
        var held = sessions.Where(session => withTurns.Contains(session.Id) && !deleted.Contains(session.CommitId)).ToList();
        var heldIds = held.Select(session => session.Id).ToHashSet();
        var live = held.Select(session => session.CommitId).ToHashSet();
        return
        [
            .. commits.Where(commit => live.Contains(commit.Id) || deleted.Contains(commit.Id)).Select(Text)
                .Concat(held.Select(session => Text("session", RowJson.Write(session))))
                .Concat(turns.Where(turn => heldIds.Contains(turn.SessionId)).Select(turn => Text("turn", RowJson.Write(turn))))
                .Concat(visuals.Where(visual => !deleted.Contains(visual.CommitId)).Select(visual => Text("visual", RowJson.Write(visual))))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Text(CommitRow commit) => commit.Purged || commit.Curated?.DeletedAt is not null
        ? Text("deleted commit", RowJson.Write(commit with { Captured = null, Purged = false }))
        // Totals follow from the turns, which are compared; the cloud's are as the device counted that sent the row.
        : Text("commit", RowJson.Write(commit with { Captured = commit.Captured! with { Bytes = 0, TurnCount = 0, PromptCount = 0 } }));

    /// <summary>jsonb orders the members of an object as it likes.</summary>
    private static string Text(string kind, byte[] json) => $"{kind} {Canonical(JsonNode.Parse(json))!.ToJsonString()}";

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Canonical)]),
        _ => node?.DeepClone(),
    };
}

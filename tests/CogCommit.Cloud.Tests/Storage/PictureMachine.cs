using CogCommit.Cloud.Tests.Sync;
using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>A machine of a user, with a store and the pictures of its talks.</summary>
internal sealed class PictureMachine : IDisposable
{
    private readonly TestMachine _machine;

    public PictureMachine(TestMachine machine)
    {
        _machine = machine;
        Clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1));
        Store = StoreFile.Open(machine.Home, Clock);
        MachineIdentity.Of(Store);
    }

    public FakeTimeProvider Clock { get; }

    public StoreFile Store { get; }

    public CogCommitHome Home => _machine.Home;

    public TestMachine Machine => _machine;

    /// <summary>A new one for each call, as a new process would have it.</summary>
    public VisualSync Visuals => new(Store, Home, _machine.Account.ConnectStorage());

    public SyncEngine Engine => new(Store, _machine.Account.Connect(), Boundary.TakeOver) { Visuals = Visuals };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<SyncResult> SyncAsync() => Engine.SyncAsync(new SyncOptions(), null, Cancel);

    /// <summary>As capture does: the picture of the talk's first turn, with its file. Gives the visual's id.</summary>
    public string Add(Talk talk, Picture picture)
    {
        Device.Import(Store, talk);
        var turn = Device.TurnId(talk, 0);
        var id = Ids.V5(Ids.Namespace, $"{turn}\n{picture.Hash}");
        Store.Write(transaction => new RowWriter(transaction, null).Write(
            new CapturedVisual
            {
                Id = id,
                CommitId = Device.CommitsOf(talk)[0],
                TurnId = turn,
                Type = "image",
                Mime = picture.Mime,
                ContentHash = picture.Hash,
                ByteSize = picture.Content.Length,
                CapturedAt = talk.Start,
            },
            VisualFiles.Write(Home.VisualsPath, picture.Hash, picture.Content),
            Revision.Of(1, 0, talk.Start, 1)));
        return id;
    }

    public async Task<byte[]> FetchAsync(string visualId) => await File.ReadAllBytesAsync(await Visuals.FetchAsync(visualId, Cancel), Cancel);

    public string? Scalar(string sql)
    {
        using var reader = Store.OpenReader();
        using var command = reader.CreateCommand();
#pragma warning disable CA2100 // The tests' own SQL.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as string;
    }

    public string? StateOf(string visualId) => Scalar($"select state from visual_objects where visual_id = '{visualId}'");

    /// <summary>Where the cloud has the picture.</summary>
    public string PathOf(string visualId) => Scalar($"select cloud_url from visuals where id = '{visualId}'")!;

    /// <summary>What is kept of what was fetched.</summary>
    public int Cached => Directory.Exists(Home.VisualCachePath) ? Directory.GetFiles(Home.VisualCachePath).Length : 0;

    public void Dispose()
    {
        Store.Dispose();
        _machine.Dispose();
    }
}

using System.Text.Json;
using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Push;
using CogCommit.CloudModel.Read;
using CogCommit.CloudModel.Rows;
using CogCommit.Core;
using CogCommit.Core.Cloud;

namespace CogCommit.CloudModel;

/// <summary>
/// The functions of supabase/migrations once more, for one user and in memory, exact to the row and to the answer: what the simulation
/// runs against. tests/CogCommit.Cloud.Tests/Model holds it to PostgreSQL.
/// </summary>
internal sealed class ModelCloud(TimeProvider clock)
{
    private readonly Dictionary<string, string> cloudIds = [];

    public Guid UserId { get; init; } = new("00000000-0000-4000-8000-000000000001");

    public int CommitLimit { get; set; } = 250;

    public long StorageLimitBytes { get; set; } = 52_428_800;

    public IReadOnlyDictionary<string, ModelCommit> Commits => State.Commits;

    public IReadOnlyDictionary<string, ModelSession> Sessions => State.Sessions;

    public IReadOnlyDictionary<string, ModelTurn> Turns => State.Turns;

    public IReadOnlyDictionary<string, ModelVisual> Visuals => State.Visuals;

    public IReadOnlyDictionary<string, ModelMachine> Machines => State.Machines;

    public IReadOnlyDictionary<string, ModelProject> Projects => State.Projects;

    public IReadOnlyList<ModelPushEntry> Pushes => State.Pushes;

    /// <summary>Null until the first push.</summary>
    public ModelHead? Head => State.Head;

    /// <summary>now() as PostgreSQL tells it.</summary>
    internal long Now => Times.Of(clock.GetUtcNow());

    internal ModelState State { get; set; } = new();

    /// <exception cref="ModelRefusedException">Where the SQL raises.</exception>
    public JsonElement Push(ReadOnlyMemory<byte> batchUtf8)
    {
        var batch = Envelope.Check(JsonbReader.Read(batchUtf8.Span));
        return new ModelPush(this, batch).Run();
    }

    /// <exception cref="ModelRefusedException">Where the SQL raises.</exception>
    public JsonElement Pull(CloudCursor? cursor, int maxBytes) => ModelPull.Run(this, cursor, maxBytes);

    /// <exception cref="ModelRefusedException">Where the SQL raises.</exception>
    public JsonElement Digest(string? after, int maxRows) => ModelDigest.Run(this, after, maxRows);

    public JsonElement Wipe(bool dryRun) => ModelWipe.Run(this, dryRun);

    /// <summary>A backup.</summary>
    public ModelState Save() => State.Copy();

    /// <summary>As after a backup was played back.</summary>
    public void Restore(ModelState backup) => State = backup.Copy();

    /// <summary>The cloud's own id of a row: what decides ties, and names the objects of visuals.</summary>
    internal string CloudId(string localId)
    {
        if (!cloudIds.TryGetValue(localId, out var id))
        {
            cloudIds[localId] = id = Ids.V5(UserId, localId);
        }

        return id;
    }
}

using System.Text.Json;
using CogCommit.CloudModel;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>The model behind the interface by which devices know a cloud.</summary>
internal sealed class ModelAsCloud(ModelCloud model) : ICloud
{
    public Uri Url { get; } = new("https://model.example");

    public string UserId => model.UserId.ToString();

    public long BytesSent => 0;

    public long BytesReceived => 0;

    public int Requests => 0;

    public Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken) => Task.FromResult(model.Push(batchUtf8));

    public Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken) => Task.FromResult(model.Pull(cursor, maxBytes));

    public Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken) => Task.FromResult(model.Digest(after, maxRows));

    public Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken) => Task.FromResult(model.Wipe(dryRun));

    public Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken) => throw new NotSupportedException("The model has one user, who stays.");
}

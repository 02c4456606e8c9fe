using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using CogCommit.Cloud.Tests.Wire;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>A network that keeps the first push it brings until the next answer is there, and then hands on both at once.</summary>
internal sealed class AnswerBehindPush() : DelegatingHandler(CloudAccount.NewHandler())
{
    private readonly TaskCompletionSource _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _handedOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The push is here.</summary>
    public Task Kept => _kept.Task;

    /// <summary>Both were read: whoever reads asked for more.</summary>
    public Task HandedOn => _handedOn.Task;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            answer.Content = new SocketContent(new Connection(await answer.Content.ReadAsStreamAsync(cancellationToken), this));
        }

        return answer;
    }

    private sealed class Connection(Stream inner, AnswerBehindPush wire) : ConnectionStream(inner)
    {
        private readonly byte[] _chunk = new byte[1 << 16];
        private readonly List<byte> _come = [];

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_come.Count == 0)
            {
                await ComeAsync(cancellationToken);
            }

            var read = Math.Min(buffer.Length, _come.Count);
            CollectionsMarshal.AsSpan(_come)[..read].CopyTo(buffer.Span);
            _come.RemoveRange(0, read);
            return read;
        }

        private async Task ComeAsync(CancellationToken cancellationToken)
        {
            if (wire.Kept.IsCompleted)
            {
                wire._handedOn.TrySetResult();
            }

            do
            {
                var read = await base.ReadAsync(_chunk, cancellationToken);
                if (read == 0)
                {
                    return;
                }

                _come.AddRange(_chunk.AsSpan(0, read));
            }
            while (Keeps());
        }

        private bool Keeps()
        {
            if (wire.HandedOn.IsCompleted)
            {
                return false;
            }

            var text = Encoding.UTF8.GetString(_come.ToArray());
            var push = text.IndexOf("\"push_id\"", StringComparison.Ordinal);
            if (push < 0 || text.IndexOf("\"phx_reply\"", push, StringComparison.Ordinal) >= 0)
            {
                return false;
            }

            wire._kept.TrySetResult();
            return true;
        }
    }
}

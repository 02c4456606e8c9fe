using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using CogCommit.Core.Cloud.Auth;

namespace CogCommit.Core.Cloud.Realtime;

/// <summary>Gives a <see cref="NudgeChannel"/> its time, tokens and connections, and says on what it hears.</summary>
internal sealed class CloudNudges : ICloudNudges
{
    private readonly TokenRefresh _tokens;
    private readonly Uri _url;
    private readonly string _userId;
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ChannelTimes _times;
    private readonly IReport? _report;
    private Listening? _listening;

    /// <param name="tokens">Where tokens come from.</param>
    /// <param name="url">The cloud's address.</param>
    /// <param name="userId">Who listens.</param>
    /// <param name="invoker">Makes connections. It is not disposed.</param>
    /// <param name="clock">For heartbeats and waits.</param>
    /// <param name="random">Spreads the waits.</param>
    /// <param name="times">How long to wait for what.</param>
    /// <param name="report">Hears what was joined and lost.</param>
    public CloudNudges(
        TokenRefresh tokens, Uri url, string userId, HttpMessageInvoker invoker, TimeProvider clock, Random random, ChannelTimes times, IReport? report)
    {
        (_tokens, _url, _userId, _invoker, _clock, _random, _times, _report) = (tokens, url, userId, invoker, clock, random, times, report);
    }

    public async Task ListenAsync(Action<Nudge> heard, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var steady = new SteadyClock(_clock);
        using var listening = new Listening(this, new NudgeChannel(_userId, _times, _random, steady.Now()), steady, heard, cancellationToken);
        if (Interlocked.CompareExchange(ref _listening, listening, null) is not null)
        {
            throw new InvalidOperationException("This object listens already.");
        }

        try
        {
            await listening.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _listening, null);
        }
    }

    public void TryNow() => Volatile.Read(ref _listening)?.TryNow();

    /// <summary>One call of <see cref="ListenAsync"/>. Everything that happens to the channel happens in its one loop.</summary>
    private sealed class Listening(CloudNudges owner, NudgeChannel channel, SteadyClock steady, Action<Nudge> heard, CancellationToken cancellationToken) : IDisposable
    {
        // Full: whoever receives waits, and so does the server.
        private readonly Channel<Happening> _inbox = Channel.CreateBounded<Happening>(16);
        private Attempt? _attempt;
        private HiddenText? _anonKey;
        private int _tryNow;

        public void Dispose() => _attempt?.Dispose();

        public void TryNow()
        {
            Volatile.Write(ref _tryNow, 1);
            // Only wakes the loop; where there is no room it is awake.
            _inbox.Writer.TryWrite(new Happening(null, static (_, _) => { }));
        }

        public async Task RunAsync()
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // What came is heard before time is: where this loop was held up, the answer that it waits for lies here.
                var came = _inbox.Reader.Count;
                for (var left = came; left > 0 && _inbox.Reader.TryRead(out var happening); left--)
                {
                    if (happening.Attempt is null || happening.Attempt == _attempt)
                    {
                        happening.To(channel, steady.Now());
                        await DoAsync().ConfigureAwait(false);
                    }
                }

                if (Interlocked.Exchange(ref _tryNow, 0) == 1)
                {
                    channel.TryNow(steady.Now());
                }

                channel.Tick(steady.Now());
                await DoAsync().ConfigureAwait(false);
                if (came == 0)
                {
                    await WaitAsync().ConfigureAwait(false);
                }
            }
        }

        /// <summary>Until something happens, or the channel wants its time.</summary>
        private async Task WaitAsync()
        {
            var wait = channel.Due - steady.Now();
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // Longer than any heartbeat; a wait of years is none that a timer takes.
            var time = Task.Delay(wait < TimeSpan.FromHours(1) ? wait : TimeSpan.FromHours(1), owner._clock, either.Token);
            var message = _inbox.Reader.WaitToReadAsync(either.Token).AsTask();
            await Task.WhenAny(time, message).ConfigureAwait(false);
            await either.CancelAsync().ConfigureAwait(false);
        }

        private async Task DoAsync()
        {
            for (var acts = channel.TakeActs(); acts.Count > 0; acts = channel.TakeActs())
            {
                foreach (var act in acts)
                {
                    await DoAsync(act).ConfigureAwait(false);
                }
            }
        }

        private async Task DoAsync(ChannelAct act)
        {
            switch (act.Kind)
            {
                case ChannelActKind.Open:
                    _attempt = new Attempt(cancellationToken);
                    Start(_attempt, () => OpenAsync(_attempt, act.Refused));
                    break;
                case ChannelActKind.Renew when _attempt is { } attempt:
                    Start(attempt, () => RenewAsync(attempt));
                    break;
                case ChannelActKind.Send when _attempt is { } attempt:
                    await SendAsync(attempt, act.Frame!).ConfigureAwait(false);
                    break;
                case ChannelActKind.Drop:
                    _attempt?.Dispose();
                    _attempt = null;
                    break;
                case ChannelActKind.Tell:
                    Tell(act.Nudge!);
                    break;
            }
        }

        private void Tell(Nudge nudge)
        {
            if (nudge.Kind == NudgeKind.Lost)
            {
                var reason = nudge.Reason!;
                nudge = nudge with
                {
                    Reason = _anonKey is null ? reason : _anonKey.HideIn(reason),
                    NextTry = nudge.NextTry - steady.SetBack,
                };
            }

            owner._report?.Debug(nudge.Kind switch
            {
                NudgeKind.Joined => "Realtime: listening.",
                NudgeKind.Pushed => $"Realtime: push {nudge.Seq}.",
                _ => $"Realtime: {nudge.Reason} The next try is at {nudge.NextTry:u}.",
            });
            heard(nudge);
        }

        /// <summary>Work beside the loop. What it throws and nobody expected ends the loop, not the work alone.</summary>
        private void Start(Attempt attempt, Func<Task> work)
        {
            _ = Task.Run(async () =>
            {
                try
                {
                    await work().ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (attempt.Cancelled)
                {
                    // Dropped, or the end: nobody waits for it.
                }
                catch (SocketFault fault)
                {
                    await PostAsync(attempt, (it, now) => it.Failed(fault.Message, fault.Refused, fault.Wait, now)).ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    var thrown = ExceptionDispatchInfo.Capture(e);
                    await PostAsync(attempt, (_, _) => thrown.Throw()).ConfigureAwait(false);
                }
            });
        }

        private async Task OpenAsync(Attempt attempt, HiddenText? refused)
        {
            AuthSession session;
            try
            {
                session = await owner._tokens.GetAsync(owner._userId, refused, attempt.Token).ConfigureAwait(false);
            }
            catch (CogCommitException e) when (e.Kind != ErrorKind.Unauthorized)
            {
                var offline = e.Kind == ErrorKind.Unavailable;
                await PostAsync(attempt, (it, now) => it.Failed(e.Message, !offline, null, now)).ConfigureAwait(false);
                return;
            }

            _anonKey = session.AnonKey.Length >= HiddenText.ShortestPart ? new HiddenText(session.AnonKey) : null;
            await attempt.Socket.ConnectAsync(owner._url, session.AnonKey, owner._invoker, owner._clock.GetUtcNow(), attempt.Token).ConfigureAwait(false);
            var token = TokenOf(session);
            await PostAsync(attempt, (it, now) => it.Opened(token, now)).ConfigureAwait(false);
            while (true)
            {
                var frame = await attempt.Socket.ReceiveAsync(attempt.Token).ConfigureAwait(false);
                await PostAsync(attempt, (it, now) => it.Received(frame, now)).ConfigureAwait(false);
            }
        }

        private async Task RenewAsync(Attempt attempt)
        {
            try
            {
                var token = TokenOf(await owner._tokens.GetAsync(owner._userId, null, attempt.Token).ConfigureAwait(false));
                await PostAsync(attempt, (it, now) => it.TokenGiven(token, now)).ConfigureAwait(false);
            }
            catch (CogCommitException e) when (e.Kind != ErrorKind.Unauthorized)
            {
                await PostAsync(attempt, (it, now) => it.TokenFailed(now)).ConfigureAwait(false);
            }
        }

        private async Task SendAsync(Attempt attempt, HiddenText frame)
        {
            using var late = new CancellationTokenSource(owner._times.Answer, owner._clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, attempt.Token);
            try
            {
                await attempt.Socket.SendAsync(frame, either.Token).ConfigureAwait(false);
            }
            catch (SocketFault fault)
            {
                channel.Failed(fault.Message, fault.Refused, fault.Wait, steady.Now());
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                channel.Failed("The cloud does not take what is sent to it.", refused: false, null, steady.Now());
            }
        }

        private ChannelToken TokenOf(AuthSession session) => new(session.AccessToken, session.ExpiresAt - owner._clock.GetUtcNow());

        private async Task PostAsync(Attempt attempt, Action<NudgeChannel, DateTimeOffset> to)
        {
            try
            {
                await _inbox.Writer.WriteAsync(new Happening(attempt, to), attempt.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (attempt.Cancelled)
            {
                // Dropped, or the end: nobody waits for it.
            }
        }
    }

    /// <summary>Something that the channel must hear, and the connection that it is about: of one that was dropped nothing counts any more.</summary>
    private sealed record Happening(Attempt? Attempt, Action<NudgeChannel, DateTimeOffset> To);

    /// <summary>A connection, from the wish for it to its end.</summary>
    private sealed class Attempt : IDisposable
    {
        private readonly CancellationTokenSource _end;

        public Attempt(CancellationToken cancellationToken)
        {
            _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Token = _end.Token;
        }

        public RealtimeSocket Socket { get; } = new();

        /// <summary>Outlives the disposal.</summary>
        public CancellationToken Token { get; }

        public bool Cancelled => Token.IsCancellationRequested;

        public void Dispose()
        {
            _end.Cancel();
            _end.Dispose();
            Socket.Dispose();
        }
    }
}

using System.Globalization;

namespace CogCommit.Core.Cloud.Realtime;

/// <summary>
/// The protocol by which one listens on the user's private topic, without socket, clock or token file: frames and times in, frames and
/// nudges out. One connection carries one channel, so what ends the channel ends the connection too. Never throws, whatever comes.
/// </summary>
internal sealed partial class NudgeChannel
{
    private readonly ChannelTimes _times;
    private readonly BackOff _waits;
    private readonly BackOff _renewals;
    private readonly List<ChannelAct> _acts = [];
    private State _state = State.Waiting;
    private DateTimeOffset _tryAt;
    private DateTimeOffset _lastTry = DateTimeOffset.MinValue;
    private DateTimeOffset _deadline;
    private DateTimeOffset _heartbeatAt;
    private DateTimeOffset? _renewAt;
    private DateTimeOffset? _joinedAt;
    private string? _heartbeat;
    private string? _join;
    private string? _update;
    private HiddenText? _token;
    private HiddenText? _refused;
    private bool _renewed;
    private long _reference;

    /// <param name="userId">Whose topic.</param>
    /// <param name="times">How long to wait for what.</param>
    /// <param name="random">Spreads the waits.</param>
    /// <param name="now">The first try is made at once.</param>
    public NudgeChannel(string userId, ChannelTimes times, Random random, DateTimeOffset now)
    {
        Topic = "realtime:user:" + userId;
        _times = times;
        _waits = new BackOff(times.FirstWait, times.LongestWait, random);
        _renewals = new BackOff(times.FirstWait, times.LongestWait, random);
        _tryAt = now;
    }

    private enum State
    {
        /// <summary>No connection, until the next try.</summary>
        Waiting,

        /// <summary>A token and a connection are on their way.</summary>
        Opening,

        /// <summary>The join is sent.</summary>
        Joining,

        /// <summary>Joined; whether messages flow yet is not known.</summary>
        Settling,

        /// <summary>Joined, and told so.</summary>
        Joined,
    }

    public string Topic { get; }

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    public DateTimeOffset Due
    {
        get
        {
            if (_state == State.Waiting)
            {
                return _tryAt;
            }

            if (_state == State.Opening)
            {
                return _deadline;
            }

            var due = _heartbeatAt;
            if (_state != State.Joined && _deadline < due)
            {
                due = _deadline;
            }

            return _renewAt < due ? _renewAt.Value : due;
        }
    }

    /// <summary>What is to be done since this was asked last, in order.</summary>
    public IReadOnlyList<ChannelAct> TakeActs()
    {
        if (_acts.Count == 0)
        {
            return [];
        }

        ChannelAct[] acts = [.. _acts];
        _acts.Clear();
        return acts;
    }

    public void Tick(DateTimeOffset now)
    {
        switch (_state)
        {
            case State.Waiting when now >= _tryAt:
                Open(now);
                return;
            case State.Waiting:
                return;
            case State.Opening when now >= _deadline:
                Lose(now, "No connection was made in time.");
                return;
            case State.Opening:
                return;
            case State.Joining when now >= _deadline:
                Lose(now, "The cloud did not answer when asked to join.");
                return;
            case State.Settling when now >= _deadline:
                BeJoined();
                break;
        }

        if (now >= _heartbeatAt)
        {
            if (_heartbeat is not null)
            {
                Lose(now, "The cloud does not answer any more.");
                return;
            }

            Beat(now);
        }

        if (now >= _renewAt)
        {
            _renewAt = null;
            _acts.Add(new ChannelAct(ChannelActKind.Renew));
        }
    }

    /// <summary>The connection is there, and this token to join with.</summary>
    public void Opened(ChannelToken token, DateTimeOffset now)
    {
        if (_state != State.Opening)
        {
            return;
        }

        _state = State.Joining;
        _deadline = now + _times.Answer;
        _heartbeatAt = now + _times.Heartbeat;
        _join = NextReference();
        Keep(token, now);
        Send(PhoenixFrame.Join(Topic, _join, token.Text));
    }

    /// <summary>There is no connection, or it ended.</summary>
    /// <param name="reason">A sentence for the reader.</param>
    /// <param name="refused">Trying again soon does not change it.</param>
    /// <param name="wait">How long the server asks to wait, if it does.</param>
    /// <param name="now">The time.</param>
    public void Failed(string reason, bool refused, TimeSpan? wait, DateTimeOffset now)
    {
        if (_state != State.Waiting)
        {
            Lose(now, reason, refused, wait);
        }
    }

    public void TokenGiven(ChannelToken token, DateTimeOffset now)
    {
        if (_state is not (State.Joining or State.Settling or State.Joined))
        {
            return;
        }

        _renewals.Reset();
        var isNew = !token.Text.Equals(_token);
        Keep(token, now);
        if (isNew)
        {
            _update = NextReference();
            Send(PhoenixFrame.AccessToken(Topic, _update, _join!, token.Text));
        }
    }

    /// <summary>The cloud could not be asked for a token: it is tried again. When the old one ends before, the server ends the channel.</summary>
    public void TokenFailed(DateTimeOffset now)
    {
        if (_state is State.Joining or State.Settling or State.Joined)
        {
            _renewAt = now + _renewals.Next();
        }
    }

    public void TryNow(DateTimeOffset now)
    {
        if (_state == State.Waiting)
        {
            _waits.Reset();
            var soonest = _lastTry == DateTimeOffset.MinValue ? now : _lastTry + _times.LeastWait;
            _tryAt = soonest > _tryAt ? _tryAt : soonest;
            Tick(now);
        }
        else if (_state != State.Opening && _heartbeat is null)
        {
            Beat(now);
        }
    }

    private void Open(DateTimeOffset now)
    {
        _state = State.Opening;
        _deadline = now + _times.Opening;
        _lastTry = now;
        _acts.Add(new ChannelAct(ChannelActKind.Open) { Refused = _refused });
        _refused = null;
    }

    private void BeJoined()
    {
        _state = State.Joined;
        _acts.Add(new ChannelAct(ChannelActKind.Tell) { Nudge = new Nudge(NudgeKind.Joined) });
    }

    private void Beat(DateTimeOffset now)
    {
        _heartbeat = NextReference();
        _heartbeatAt = now + _times.Answer;
        Send(PhoenixFrame.Heartbeat(_heartbeat));
    }

    private void Keep(ChannelToken token, DateTimeOffset now)
    {
        _token = token.Text;
        // A clock that is wrong may call a good token old: it is asked for again, but not in a circle.
        var until = Longer(Longer(token.Life - _times.TokenMargin, token.Life / 2), _times.Answer);
        _renewAt = until < DateTimeOffset.MaxValue - now ? now + until : DateTimeOffset.MaxValue;
    }

    private void Lose(DateTimeOffset now, string reason, bool refused = false, TimeSpan? asked = null)
    {
        if (_joinedAt is { } joined && now - joined >= _times.LongestWait)
        {
            _waits.Reset();
        }

        var wait = refused ? _waits.Jitter(_times.RefusedWait) : _waits.Next();
        wait = asked is { } longer && longer > wait ? (longer < _times.RefusedWait ? longer : _times.RefusedWait) : wait;
        _tryAt = now + wait;
        _state = State.Waiting;
        (_joinedAt, _renewAt, _heartbeat, _join, _update, _token) = (null, null, null, null, null, null);
        _acts.Add(new ChannelAct(ChannelActKind.Drop));
        _acts.Add(new ChannelAct(ChannelActKind.Tell) { Nudge = new Nudge(NudgeKind.Lost) { Reason = reason, NextTry = _tryAt } });
    }

    private void Send(string frame) => _acts.Add(new ChannelAct(ChannelActKind.Send) { Frame = new HiddenText(frame) });

    private string NextReference() => (++_reference).ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

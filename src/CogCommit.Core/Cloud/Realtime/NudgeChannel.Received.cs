namespace CogCommit.Core.Cloud.Realtime;

internal sealed partial class NudgeChannel
{
    private const int LongestReason = 200;

    // What Supabase's server writes before the colon of a reason: a token that is no good, and what a new try does not change.
    private static readonly string[] TokenCodes = ["InvalidJWTToken", "MalformedJWT", "JwtSignatureError", "JwtSignerError"];
    private static readonly string[] RefusalCodes = ["Unauthorized", "PrivateOnly", "TenantNotFound", "RealtimeDisabledForTenant", "RlsPolicyError"];

    /// <summary>A frame came; null where it was none that can be read. What is late, doubled or unknown does nothing.</summary>
    public void Received(PhoenixFrame? frame, DateTimeOffset now)
    {
        if (frame is null || _state is State.Waiting or State.Opening)
        {
            return;
        }

        if (frame.IsHeartbeatAnswer(_heartbeat))
        {
            _heartbeat = null;
            _heartbeatAt = now + _times.Heartbeat;
            return;
        }

        if (frame.Topic != Topic)
        {
            return;
        }

        switch (frame.Event)
        {
            case "phx_reply":
                Answered(frame, now);
                break;
            case "broadcast" when frame.Text("event") == "push":
                Pushed(frame);
                break;
            case "system" when frame.Text("extension") == "system":
                SystemSaid(frame, now);
                break;
            case "phx_close" or "phx_error" when frame.Ref is null || frame.Ref == _join:
                Lose(now, "The cloud closed the channel.");
                break;
        }
    }

    private void Answered(PhoenixFrame frame, DateTimeOffset now)
    {
        var ok = frame.Text("status") == "ok";
        if (_state == State.Joining && frame.Answers(_join))
        {
            if (!ok)
            {
                Refused(frame.Text("response", "reason"), now);
                return;
            }

            _state = State.Settling;
            _deadline = now + _times.Ready;
            _joinedAt = now;
            _renewed = false;
        }
        else if (frame.Answers(_update) && !ok)
        {
            // The new token came to a channel that the server does not have any more.
            Lose(now, "The cloud had closed the channel.");
        }
    }

    private void Pushed(PhoenixFrame frame)
    {
        if (_state == State.Joining)
        {
            // Whoever is told that it is joined pulls.
            return;
        }

        if (_state == State.Settling)
        {
            BeJoined();
        }

        _acts.Add(new ChannelAct(ChannelActKind.Tell)
        {
            Nudge = new Nudge(NudgeKind.Pushed)
            {
                Seq = frame.Number("payload", "seq"),
                PushId = frame.Text("payload", "push_id") is { Length: <= 100 } pushId ? pushId : null,
            },
        });
    }

    private void SystemSaid(PhoenixFrame frame, DateTimeOffset now)
    {
        switch (frame.Text("status"))
        {
            case "error":
                Lose(now, $"The cloud closed the channel: {Words(frame.Text("message"))}");
                break;
            case "ok" when _state == State.Settling:
                BeJoined();
                break;
        }
    }

    private void Refused(string? reason, DateTimeOffset now)
    {
        var code = reason?.Split(':')[0];
        var said = $"The cloud does not let this sign-in listen: {Words(reason)}";
        if (!TokenCodes.Contains(code))
        {
            Lose(now, said, RefusalCodes.Contains(code));
            return;
        }

        // A new token may be better; if it is not, the next one is not either.
        var token = _token;
        Lose(now, said, refused: _renewed);
        _refused = _renewed ? null : token;
        _renewed = !_renewed;
    }

    /// <summary>What the server says, for a reader: one line, not long, and nothing of what was sent to it.</summary>
    private string Words(string? said)
    {
        if (string.IsNullOrWhiteSpace(said))
        {
            return "it says no reason.";
        }

        var line = string.Concat((_token?.HideIn(said) ?? said).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character)).Trim();
        return (line.Length > LongestReason ? line[..LongestReason] : line).TrimEnd('.') + ".";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace CogCommit.LocalCloud.Realtime;

internal sealed partial class RealtimeSession
{
    private const string NoDatabase = "Realtime was unable to connect to the project database";

    private async Task HandleAsync(PhoenixMessage message)
    {
        switch (message)
        {
            case { Topic: "phoenix", Event: "heartbeat" }:
                Say(message.Reply("ok"));
                break;
            case { Event: "phx_join" }:
                await JoinAsync(message);
                break;
            case { Event: "phx_leave" }:
                Leave(message);
                break;
            case { Event: "access_token" } when ChannelOf(message) is { } channel:
                await RenewAsync(channel, message);
                break;
            default:
                // Sending is for the database alone: no policy lets anybody insert.
                if (ChannelOf(message) is null)
                {
                    Say(message.Refusal("unmatched topic"));
                }

                break;
        }
    }

    private async Task JoinAsync(PhoenixMessage message)
    {
        if (!message.Topic.StartsWith(TopicPrefix, StringComparison.Ordinal))
        {
            Say(message.Refusal("unmatched topic"));
            return;
        }

        var name = message.Topic[TopicPrefix.Length..];
        if (name.Length == 0)
        {
            Say(message.Refusal("TopicNameRequired: You must provide a topic name"));
            return;
        }

        if (!message.IsTrue("config", "private"))
        {
            Say(message.Refusal("PrivateOnly: This project only allows private channels"));
            return;
        }

        // Who joins a topic again leaves it first, as with Phoenix.
        lock (_lock)
        {
            if (_channels.TryGetValue(message.Topic, out var before))
            {
                before.Timer.Dispose();
                _channels.Remove(before.Topic);
                Say(new PhoenixMessage(before.JoinRef, before.JoinRef, before.Topic, "phx_close", []));
            }

            if (_channels.Count >= RealtimeLimits.Channels)
            {
                Say(message.Refusal("ChannelRateLimitReached: Too many channels"));
                return;
            }
        }

        var token = message.Text("user_token") ?? message.Text("access_token") ?? _key;
        var (ends, fault) = await JudgeAsync(token, name);
        lock (_lock)
        {
            if (fault is null && !_services.Feed.IsUp)
            {
                fault = "UnableToConnectToProject: " + NoDatabase;
            }

            if (fault is not null)
            {
                Say(message.Refusal(fault));
                return;
            }

            var channel = Keep(message.JoinRef ?? message.Ref, message.Topic, token, ends);
            Say(message.Reply("ok", new JsonObject { ["postgres_changes"] = new JsonArray() }));
            if (message.IsTrue("config", "broadcast", "replication_ready"))
            {
                Say(System(channel, "ok", "Replication connection established"));
            }
        }
    }

    private void Leave(PhoenixMessage message)
    {
        lock (_lock)
        {
            Say(message.Reply("ok"));
            if (_channels.TryGetValue(message.Topic, out var channel))
            {
                channel.Timer.Dispose();
                _channels.Remove(channel.Topic);
                Say(new PhoenixMessage(channel.JoinRef, channel.JoinRef, channel.Topic, "phx_close", []));
            }
        }
    }

    /// <summary>A channel's new token is judged as at the join; one that is no good ends the channel.</summary>
    private async Task RenewAsync(RealtimeChannel channel, PhoenixMessage message)
    {
        if (message.Text("access_token") is not { } token || token == channel.Token.Text)
        {
            return;
        }

        var (ends, fault) = await JudgeAsync(token, channel.Name);
        lock (_lock)
        {
            if (!IsCurrent(channel))
            {
                return;
            }

            if (fault is not null)
            {
                // Said of a join the code stands before; here the sentence alone.
                Close(channel, fault[(fault.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
                return;
            }

            channel.Timer.Dispose();
            Keep(channel.JoinRef, channel.Topic, token, ends);
        }
    }

    /// <returns>When the token ends; or what is wrong, in the words of Supabase's server.</returns>
    private async Task<(DateTimeOffset Ends, string? Fault)> JudgeAsync(string token, string topic)
    {
        var (caller, fault) = await _services.Tokens.ReadAsync(token);
        if (caller is null)
        {
            return (default, fault == "JWT expired" ? "InvalidJWTToken: Token has expired" : "JwtSignatureError: Failed to validate JWT signature");
        }

        try
        {
            return await _services.Policy.MayListenAsync(caller, topic, _end.Token)
                ? (EndOf(caller), null)
                : (default, $"Unauthorized: You do not have permissions to read from this Channel topic: {topic}");
        }
        catch (NpgsqlException)
        {
            return (default, "UnableToConnectToProject: " + NoDatabase);
        }
    }

    private RealtimeChannel Keep(string? joinRef, string topic, string token, DateTimeOffset ends)
    {
        RealtimeChannel? channel = null;
        // Made still, for it may fire before the next line.
        var timer = _services.Clock.CreateTimer(_ => Look(channel!), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        channel = new RealtimeChannel(joinRef, topic, (token, ends), timer);
        _channels[topic] = channel;
        timer.Change(NextLook(ends), Timeout.InfiniteTimeSpan);
        return channel;
    }

    private void Look(RealtimeChannel channel)
    {
        lock (_lock)
        {
            if (!IsCurrent(channel))
            {
                return;
            }

            if (_services.Clock.GetUtcNow() >= channel.Token.Ends)
            {
                Close(channel, "Token has expired");
            }
            else
            {
                channel.Timer.Change(NextLook(channel.Token.Ends), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TimeSpan NextLook(DateTimeOffset ends)
    {
        var left = ends - _services.Clock.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < RealtimeLimits.TokenLook ? left : RealtimeLimits.TokenLook;
    }

    private RealtimeChannel? ChannelOf(PhoenixMessage message)
    {
        lock (_lock)
        {
            return _channels.GetValueOrDefault(message.Topic);
        }
    }

    private bool IsCurrent(RealtimeChannel channel) => _channels.TryGetValue(channel.Topic, out var current) && ReferenceEquals(current, channel);

    /// <summary>The tokens that are taken all have an end.</summary>
    private static DateTimeOffset EndOf(Caller caller)
    {
        using var claims = JsonDocument.Parse(caller.Claims);
        return DateTimeOffset.UnixEpoch.AddSeconds(Math.Min(claims.RootElement.GetProperty("exp").GetDouble(), 250_000_000_000));
    }
}

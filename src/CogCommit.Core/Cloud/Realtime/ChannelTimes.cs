namespace CogCommit.Core.Cloud.Realtime;

/// <summary>How long a <see cref="NudgeChannel"/> waits for what.</summary>
internal sealed record ChannelTimes
{
    /// <summary>Between two heartbeats; the server ends a connection that is silent for 60 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>For the answer to a heartbeat or a join.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For a token and a connection.</summary>
    public TimeSpan Opening { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After a join, for the server's word that messages flow: a server from before that word says nothing.</summary>
    public TimeSpan Ready { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After the first failure; twice as long after each further one.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait. A channel that held this long counts as sound again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the server refuses, which trying soon does not change.</summary>
    public TimeSpan RefusedWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two tries, whoever asks for them.</summary>
    public TimeSpan LeastWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Before a token ends, the next one is sent.</summary>
    public TimeSpan TokenMargin { get; init; } = Auth.AuthSession.Margin;
}

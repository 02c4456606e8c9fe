using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;

namespace CogCommit.LocalCloud.Realtime;

/// <summary>
/// Hears of new rows of realtime.messages by LISTEN, and hands them to whoever is connected. While PostgreSQL is away nobody is
/// joined: a message that was missed meanwhile would be missed by those who believe that they hear everything.
/// </summary>
internal sealed class MessageFeed(NpgsqlDataSource database, TimeProvider clock, ILogger<MessageFeed> log) : BackgroundService
{
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(1);

    /// <summary>A connection that broke where nobody said so is noticed by a question.</summary>
    private static readonly TimeSpan AliveQuestion = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<RealtimeSession, bool> _sessions = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isUp;

    /// <summary>Whether what is sent now is heard.</summary>
    public bool IsUp => _isUp;

    public ICollection<RealtimeSession> Sessions => _sessions.Keys;

    public void Add(RealtimeSession session) => _sessions[session] = true;

    public void Remove(RealtimeSession session) => _sessions.TryRemove(session, out _);

    /// <summary>Returns when it hears, so that whoever finds the cloud started can join.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _begun.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or SocketException)
            {
                log.LogWarning("Realtime: PostgreSQL is away ({Reason}). Listeners join again when it is back.", e.Message);
            }

            _isUp = false;
            _begun.TrySetResult();
            foreach (var session in _sessions.Keys)
            {
                session.CloseChannels("Realtime was unable to connect to the project database");
            }

            await Task.Delay(RetryWait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = new ConcurrentQueue<Guid>();
        connection.Notification += (_, told) =>
        {
            if (Guid.TryParse(told.Payload, out var id))
            {
                ids.Enqueue(id);
            }
        };
        await using (var listen = new NpgsqlCommand("set application_name = 'cogcommit realtime'; listen realtime", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        _isUp = true;
        _begun.TrySetResult();
        while (true)
        {
            if (!await connection.WaitAsync(AliveQuestion, cancellationToken))
            {
                await using var question = new NpgsqlCommand("select 1", connection);
                await question.ExecuteNonQueryAsync(cancellationToken);
            }

            while (!ids.IsEmpty)
            {
                var these = new List<Guid>();
                while (ids.TryDequeue(out var id))
                {
                    these.Add(id);
                }

                await foreach (var broadcast in ReadAsync(connection, [.. these], cancellationToken))
                {
                    foreach (var session in _sessions.Keys)
                    {
                        session.Deliver(broadcast);
                    }
                }
            }
        }
    }

    /// <summary>In the order in which they were committed, for so PostgreSQL tells of them.</summary>
    private static async IAsyncEnumerable<Broadcast> ReadAsync(
        NpgsqlConnection connection, Guid[] ids, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select m.id, m.topic, m.event, m.payload::text
            from unnest($1) with ordinality as told (id, n) join realtime.messages m on m.id = told.id
            where m.extension = 'broadcast' and m.private and m.event is not null and jsonb_typeof(m.payload) = 'object'
            order by told.n
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = ids });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new Broadcast(reader.GetGuid(0).ToString("D"), reader.GetString(1), reader.GetString(2), reader.GetString(3));
        }
    }
}

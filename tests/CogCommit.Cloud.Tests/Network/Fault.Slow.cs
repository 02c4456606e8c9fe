using CogCommit.Cloud.Tests.Wire;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>Faults that are a matter of time: of the test's time, which passes when they say so.</summary>
internal sealed partial record Fault
{
    public static Fault SilenceBefore(EventClock clock) => new("silence, and the cloud never got it", true, exchange =>
    {
        clock.ComeToNextTimeout();
        return exchange.ClientLeavesAsync();
    });

    public static Fault SilenceAfter(EventClock clock) => new("silence after the cloud did it", true, async exchange =>
    {
        await exchange.ForwardAsync();
        clock.ComeToNextTimeout();
        await exchange.ClientLeavesAsync();
    });

    /// <summary>The true answer, so slowly that the time of a try is over long before its end.</summary>
    public static Fault Trickle(EventClock clock) => new("a body that trickles and never ends in time", true, async exchange =>
    {
        var answer = await exchange.ForwardAsync();
        await exchange.WriteAsync(answer.Head());
        for (var sent = 0; sent < 4; sent++)
        {
            await exchange.WriteAsync(answer.Body.AsMemory(sent, 1));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        clock.ComeToNextTimeout();
        await exchange.ClientLeavesAsync();
    });

    /// <summary>The true answer in small pieces, over so much of the try's time.</summary>
    public static Fault Slow(EventClock clock, TimeSpan all) => new($"a slow body that needs {all}", true, async exchange =>
    {
        const int Pieces = 10;
        var answer = await exchange.ForwardAsync();
        await exchange.WriteAsync(answer.Head());
        var size = answer.Body.Length / Pieces;
        for (var piece = 0; piece < Pieces; piece++)
        {
            clock.Advance(all / Pieces);
            await exchange.WriteAsync(answer.Body.AsMemory(piece * size, piece == Pieces - 1 ? answer.Body.Length - (piece * size) : size));
        }
    });
}

using System.Globalization;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Simulation.Tests.Transcripts;

/// <summary>The transcripts of one world: sessions, forks of them, and their subagents.</summary>
internal static class SessionTexts
{
    private const int Kinds = 19;

    public static IReadOnlyList<SessionText> Make(Random random)
    {
        List<TranscriptBuilder> sessions = [];
        List<SessionText> texts = [];
        var count = random.Next(1, 4);
        for (var n = 0; n < count; n++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + n)}{random.Next(0x1000):x3}{random.Next(0x10000):x4}-0000-4000-8000-00000000000{n}");
            var start = string.Create(CultureInfo.InvariantCulture, $"2026-05-0{n + 1}T10:00:00Z");
            TranscriptBuilder? onto = null;
            if (n > 0 && random.Next(4) == 0)
            {
                var trunk = sessions[random.Next(sessions.Count)];
                onto = new TranscriptBuilder(id, start: start).Replay(trunk, random.Next(trunk.Lines.Count + 1));
            }

            var session = SessionGen.Build(id, Steps(random), start, onto);
            sessions.Add(session);
            var main = texts.Count;
            texts.Add(new SessionText($"{id}.jsonl", session.Bytes()));
            if (onto is null && random.Next(4) == 0)
            {
                var subagent = SessionGen.Build(id, Steps(random), start, new TranscriptBuilder(id, start: start, agentId: "x1"));
                texts.Add(new SessionText(Path.Combine(id, "subagents", "agent-x1.jsonl"), subagent.Bytes(), main));
            }
        }

        return texts;
    }

    private static int[] Steps(Random random)
    {
        var steps = new int[random.Next(2, 15)];
        for (var i = 0; i < steps.Length; i++)
        {
            // Half of them prompts, answers and commits: the rest is rare in real sessions too.
            steps[i] = random.Next(2) == 0 ? random.Next(3) : random.Next(Kinds);
        }

        // A prompt, so that there is a session.
        steps[0] = 0;
        return steps;
    }
}

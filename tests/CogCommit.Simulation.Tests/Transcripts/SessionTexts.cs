using System.Globalization;
using System.Text;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Simulation.Tests.Transcripts;

/// <summary>The transcripts of one world: sessions, forks of them, and their subagents.</summary>
internal static class SessionTexts
{
    private const int Kinds = 19;

    public static IReadOnlyList<SessionText> Make(Random random)
    {
        List<(TranscriptBuilder Session, int Text)> sessions = [];
        List<SessionText> texts = [];
        var count = random.Next(1, 4);
        for (var n = 0; n < count; n++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + n)}{random.Next(0x1000):x3}{random.Next(0x10000):x4}-0000-4000-8000-00000000000{n}");
            var start = string.Create(CultureInfo.InvariantCulture, $"2026-05-0{n + 1}T10:00:00Z");
            TranscriptBuilder? onto = null;
            (int, int)? replayed = null;
            if (n > 0 && random.Next(4) == 0)
            {
                var (trunk, text) = sessions[random.Next(sessions.Count)];
                var lines = random.Next(trunk.Lines.Count + 1);
                onto = new TranscriptBuilder(id, start: start).Replay(trunk, lines);
                // It may be a fork of a fork.
                replayed = (text, Length(trunk, lines));
            }

            var session = SessionGen.Build(id, Steps(random), start, onto);
            sessions.Add((session, texts.Count));
            texts.Add(new SessionText($"{id}.jsonl", session.Bytes(), replayed));
            if (onto is null && random.Next(4) == 0)
            {
                var subagent = SessionGen.Build($"x{id[1..]}", Steps(random), start, new TranscriptBuilder(id, start: start, agentId: "x1"));
                texts.Add(new SessionText(Path.Combine(id, "subagents", "agent-x1.jsonl"), subagent.Bytes(), (texts.Count - 1, Length(session, session.Lines.Count))));
            }
        }

        return texts;
    }

    private static int Length(TranscriptBuilder session, int lines) => session.Lines.Take(lines).Sum(line => Encoding.UTF8.GetByteCount(line) + 1);

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

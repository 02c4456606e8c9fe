using System.Text.Json.Nodes;
using CsCheck;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Made sessions for laws that must hold for any: each number is a step that a session may take.</summary>
internal static class SessionGen
{
    private const int Kinds = 19;

    public static readonly Gen<int[]> Steps = Gen.Int[0, Kinds - 1].Array[1, 14];

    public static TranscriptBuilder Build(string id, IEnumerable<int> steps, string start = "2026-03-01T10:00:00Z", TranscriptBuilder? onto = null)
    {
        var session = onto ?? new TranscriptBuilder(id, start: start);
        foreach (var (step, i) in steps.Select((step, i) => (step, i)))
        {
            Step(session, step, $"{id[..4]}{i}");
        }

        return session;
    }

    private static void Step(TranscriptBuilder session, int step, string n)
    {
        var hash = Ids.V5(Ids.Namespace, n)[..7];
        switch (step)
        {
            case 0: session.Prompt($"prompt {n}"); break;
            case 1: session.Answer($"answer {n}"); break;
            case 2: session.Commit(hash, $"subject {n}"); break;
            case 3: session.Bash($"t{n}", "git commit -m x"); break;
            case 4: session.Result($"t{n[..4]}{int.Parse(n[4..], null) - 1}", $"[main {hash}] late"); break;
            case 5: session.Queue("enqueue", $"queued {n}"); break;
            case 6: session.Queue("remove"); break;
            case 7: session.Attachment($"queued {n[..4]}{int.Parse(n[4..], null) - 2}", Ids.V5(Ids.Namespace, $"attachment {n}")); break;
            case 8: session.Prompt("[Request interrupted by user]"); break;
            case 9: session.Thinking($"m{n}"); break;
            case 10: session.Answer($"more {n}", $"m{n[..4]}{int.Parse(n[4..], null) - 1}", output: 30); break;
            case 11: session.Touch("Edit", $"/home/ann/projects/loom/{n}.cs", isError: n.EndsWith('3')); break;
            case 12: session.Bash($"t{n}", "git commit --amend").Result($"t{n}", $"[main {hash}] amended"); break;
            case 13: session.Prompt("/clear"); break;
            case 14: session.Raw("{ no json"); break;
            case 15: session.Answer($"one of two {n}", $"m{n}").Bash($"t{n}", "git commit -m y", $"m{n}"); break;
            case 16: session.Queue("dequeue"); break;
            case 17: session.Call($"t{n}", "Agent", new JsonObject()).Progress($"t{n}", "x1"); break;
            case 18: session.Branch = $"b{n}"; break;
        }
    }
}

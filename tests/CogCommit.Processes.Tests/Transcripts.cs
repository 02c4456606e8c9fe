using System.Text.Json.Nodes;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Processes.Tests;

/// <summary>Made transcripts that have everything an import has to carry over from one to the next: commits, subagents, forks, pictures, late results.</summary>
internal static class Transcripts
{
    /// <param name="folder">Where they are written.</param>
    /// <param name="seed">Ids and lengths are of it.</param>
    /// <param name="prompts">Of the longest session.</param>
    public static void Write(string folder, int seed, int prompts)
    {
        var main = Session(seed, 'a', "2026-03-01T10:00:00Z");
        for (var i = 0; i < prompts; i++)
        {
            Exchange(main, $"{seed}a{i}", i);
        }

        main.Call("toolu_agent", "Agent", new JsonObject()).Progress("toolu_agent", "x1").Prompt("and the last thing");
        main.Write(folder);
        new TranscriptBuilder(main.SessionId, agentId: "x1").Prompt("look around").Answer("found it").Touch("Read", "/home/ann/projects/loom/x.cs").Answer("done").Write(folder);

        // Replays half of it, and goes on by itself.
        var fork = Session(seed, 'b', "2026-03-01T15:00:00Z").Replay(main, main.Lines.Count / 2).At("2026-03-01T15:00:00Z");
        var other = Session(seed, 'c', "2026-03-01T10:03:00Z");
        for (var i = 0; i < prompts / 2; i++)
        {
            Exchange(fork, $"{seed}b{i}", i);
            Exchange(other, $"{seed}c{i}", i + 1);
        }

        fork.Write(folder);
        other.Write(folder);
    }

    private static TranscriptBuilder Session(int seed, char letter, string start) =>
        new($"{new string(letter, 8)}-0000-4000-8000-{seed:x12}", start: start);

    private static void Exchange(TranscriptBuilder session, string name, int i)
    {
        var hash = Core.Ids.V5(Core.Ids.Namespace, name)[..7];
        session.Prompt($"prompt {name}").Answer($"first {name}", $"m{name}").Answer($"second {name}", $"m{name}");
        switch (i % 5)
        {
            case 0:
                session.Touch("Edit", $"/home/ann/projects/loom/{name}.cs");
                break;
            case 1:
                session.Queue("enqueue", $"queued {name}").Bash($"t{name}", "make").Queue("remove").Result($"t{name}", "made")
                    // What the agent has not taken up yet stays on its machine.
                    .Answer($"taken up {name}");
                break;
            case 2:
                session.Commit(hash, $"subject {name}");
                break;
            case 3:
                session.PromptWithImage($"see {name}", [.. Enumerable.Range(0, 200).Select(n => (byte)(n + i))]);
                break;
            default:
                session.Bash($"t{name}", "git commit -m x").Prompt("meanwhile").Result($"t{name}", $"[main {hash}] late {name}");
                break;
        }
    }
}

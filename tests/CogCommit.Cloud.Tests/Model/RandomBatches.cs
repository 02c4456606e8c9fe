using System.Globalization;
using System.Text;
using CogCommit.CloudModel.Json;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>Batches as text, most of them well formed.</summary>
internal sealed class RandomBatches(Random random, DateTimeOffset start)
{
    private static readonly string[] Kinds = ["machines", "projects", "commits", "sessions", "turns", "visuals"];

    private readonly RandomRows rows = new(random, start);
    private readonly List<string> sent = [];

    /// <param name="last">The last push there is, and so what a device has heard of that is up to date.</param>
    public string Next(long last)
    {
        if (sent.Count > 0 && random.Next(10) == 0)
        {
            return sent[random.Next(Math.Max(0, sent.Count - 3), sent.Count)];
        }

        var batch = random.Next(80) switch
        {
            0 => Fatal(),
            1 => Odd(),
            2 => Large(),
            3 => Numbers(),
            >= 4 and <= 8 => Leaving(),
            _ => Usual(last),
        };
        sent.Add(batch);
        return batch;
    }

    private string Usual(long last)
    {
        var batch = Envelope("1");
        if (random.Next(3) > 0)
        {
            batch.With("seen", Seen(last));
        }

        if (random.Next(3) > 0)
        {
            batch.With("machine", rows.Machine().ToString());
        }

        foreach (var kind in Kinds)
        {
            batch.With(kind, Array(kind, random.Next(kind is "machines" or "projects" ? 2 : kind == "turns" ? 9 : 5)));
        }

        return batch.ToString();
    }

    private string Leaving()
    {
        var (commit, turns) = rows.Leaving();
        return Envelope("1").With("commits", $"[{commit}]").With("sessions", Array("sessions", 1))
            .With("turns", $"[{string.Join(", ", turns.Append(rows.Turn()))}]").With("visuals", Array("visuals", 2)).ToString();
    }

    /// <summary>A value that is no JSON, or none of PostgreSQL's, somewhere in a batch that is right otherwise.</summary>
    private string Fatal() => Envelope("1").With("commits", Array("commits", 1)).With("more", random.GetItems([.. Poison.Fatal], 1)[0]).ToString();

    /// <summary>A wrong envelope.</summary>
    private string Odd()
    {
        var batch = Envelope(random.GetItems(["1", "1.0", "1e0", "10e-1", "2", "\"1\"", "null", "true", "1.01"], 1)[0]);
        foreach (var kind in Kinds)
        {
            if (random.Next(3) > 0)
            {
                batch.With(kind, random.Next(6) == 0 ? random.GetItems([.. Poison.Values], 1)[0] : Array(kind, 2));
            }
        }

        if (random.Next(3) == 0)
        {
            batch.Repeat(random.Next(batch.Fields.Count), random.GetItems([.. Poison.Values], 1)[0]);
        }

        return random.Next(8) == 0 ? random.GetItems([.. Poison.Values], 1)[0] : batch.ToString();
    }

    /// <summary>At the limits of rows and bytes.</summary>
    private string Large()
    {
        if (random.Next(2) == 0)
        {
            return Envelope("1").With("turns", $"[{string.Join(",", Enumerable.Repeat("{}", random.Next(1_999, 2_002)))}]").ToString();
        }

        // Escapes print as they come, and half of what jsonb prints is brackets and spaces; the length is met to the byte now and then.
        var (count, size) = random.Next(2) == 0 ? (0, 6_291_456) : (2, 1_572_864);
        string[] commits = [.. Enumerable.Range(0, count).Select(_ => rows.Any("commits"))];
        var printed = commits.Sum(Encoding.UTF8.GetByteCount) + "{\"filler\": \"\"}".Length;
        return Envelope("1").With("commits", $"[{string.Join(",", commits)}]")
            .With("sessions", $"[{{\"filler\":\"{new string('x', size - printed - random.Next(-2, 400))}\"}}]").ToString();
    }

    /// <summary>Numbers that are short as they come: at the limit of what they print, or of what jsonb takes in memory.</summary>
    private string Numbers()
    {
        var number = random.GetItems([.. Poison.ShortNumbers], 1)[0];
        var printed = JsonbNumber.Print(Encoding.UTF8.GetBytes(number)).Length;
        // Numbers of one digit take twelve bytes each, and the rest of the batch some more.
        var count = printed <= 2 ? 3_145_728 / 12 + random.Next(-30, 3) : 1_572_864 / printed + random.Next(-4, 3);
        return Envelope("1").With("commits", "[{}, {}]").With("filler", $"[{string.Join(",", Enumerable.Repeat(number, count))}]").ToString();
    }

    /// <summary>What the device says it heard of last.</summary>
    private string Seen(long last) => random.Next(12) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "0" : random.GetItems([.. Poison.Values], 1)[0],
        2 or 3 => random.NextInt64(last + 3).ToString(CultureInfo.InvariantCulture),
        _ => last.ToString(CultureInfo.InvariantCulture),
    };

    private RawRow Envelope(string protocol) => new RawRow().With("protocol", protocol).With("push_id", $"\"{RandomRows.NewId(random)}\"");

    private string Array(string kind, int count) => $"[{string.Join(", ", Enumerable.Range(0, count).Select(_ => rows.Any(kind)))}]";
}

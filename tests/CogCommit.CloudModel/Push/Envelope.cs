using System.Globalization;
using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Push;

/// <summary>The batch as a whole; a wrong one is the caller's mistake and raises.</summary>
internal static class Envelope
{
    public static readonly IReadOnlyList<string> Kinds = ["machines", "projects", "commits", "sessions", "turns", "visuals"];

    public static Jsonb Check(Jsonb batch)
    {
        if (!batch.IsObject)
        {
            throw new ModelRefusedException("22023", "The batch is no JSON object.");
        }

        if (batch["protocol"] is not { Kind: JsonbKind.Number } protocol || !IsOne(protocol.Text))
        {
            throw new ModelRefusedException("22023", "This cloud speaks sync protocol 1.");
        }

        if (!CloudModel.Check.IsUuid(batch["push_id"]))
        {
            throw new ModelRefusedException("22023", "push_id is no lower-case UUID.");
        }

        var amount = 0;
        foreach (var kind in Kinds)
        {
            var rows = batch[kind];
            if (!CloudModel.Check.IsAbsent(rows) && rows!.Kind != JsonbKind.Array)
            {
                throw new ModelRefusedException("22023", $"{kind} is no array.");
            }

            amount += rows?.Items.Count ?? 0;
        }

        var size = batch.PrintedBytes;
        if (amount > 2000 || size > (amount <= 1 ? 6_291_456 : 1_572_864))
        {
            throw new ModelRefusedException("PT413", string.Create(CultureInfo.InvariantCulture, $"The batch has {amount} rows and {size} bytes."));
        }

        return batch;
    }

    // jsonb compares numbers, not how they are written.
    private static bool IsOne(string number) => number == "1" || number.StartsWith("1.", StringComparison.Ordinal) && number.AsSpan(2).TrimEnd('0').IsEmpty;
}

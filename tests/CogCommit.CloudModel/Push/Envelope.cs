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

        foreach (var kind in Kinds)
        {
            var rows = batch[kind];
            if (!CloudModel.Check.IsAbsent(rows) && rows!.Kind != JsonbKind.Array)
            {
                throw new ModelRefusedException("22023", $"{kind} is no array.");
            }
        }

        var (amount, most) = (Amount(batch), Most(batch));
        if (amount > 2000 || !JsonbSize.IsAtMost(batch, 2 * most) || NumbersPrintBeyond(batch, most))
        {
            throw TooLarge(amount, "too many");
        }

        return batch;
    }

    /// <summary>What its rows print, as it was measured while they were judged.</summary>
    public static void CheckSize(Jsonb batch, long bytes)
    {
        if (bytes > Most(batch))
        {
            throw TooLarge(Amount(batch), bytes.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static int Amount(Jsonb batch) => Kinds.Sum(kind => batch[kind]?.Items.Count ?? 0);

    private static int Most(Jsonb batch) => Amount(batch) <= 1 ? 6_291_456 : 1_572_864;

    private static ModelRefusedException TooLarge(int amount, string size) =>
        new("PT413", string.Create(CultureInfo.InvariantCulture, $"The batch has {amount} rows and {size} bytes."));

    private static bool NumbersPrintBeyond(Jsonb batch, int most) => batch.PrintedBytes > most && FarNumbers(batch) > most;

    /// <summary>What those numbers print that may be much longer than they came.</summary>
    private static long FarNumbers(Jsonb value) =>
        value.Kind == JsonbKind.Number && JsonbNumber.IsFarFromOne(value.Text) ? value.PrintedBytes
        : value.Items.Sum(FarNumbers) + value.Members.Sum(member => FarNumbers(member.Value));

    // jsonb compares numbers, not how they are written.
    private static bool IsOne(string number) => number == "1" || number.StartsWith("1.", StringComparison.Ordinal) && number.AsSpan(2).TrimEnd('0').IsEmpty;
}

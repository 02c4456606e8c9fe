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

        var most = amount <= 1 ? 6_291_456 : 1_572_864;
        var isMeasured = amount <= 2000 && JsonbSize.IsAtMost(batch, 2 * most) && !NumbersPrintBeyond(batch, most);
        if (!isMeasured || batch.PrintedBytes > most)
        {
            var size = isMeasured ? batch.PrintedBytes.ToString(CultureInfo.InvariantCulture) : "too many";
            throw new ModelRefusedException("PT413", string.Create(CultureInfo.InvariantCulture, $"The batch has {amount} rows and {size} bytes."));
        }

        return batch;
    }

    private static bool NumbersPrintBeyond(Jsonb batch, int most) => batch.PrintedBytes > most && FarNumbers(batch) > most;

    /// <summary>What those numbers print that may be much longer than they came.</summary>
    private static long FarNumbers(Jsonb value) =>
        value.Kind == JsonbKind.Number && JsonbNumber.IsFarFromOne(value.Text) ? value.PrintedBytes
        : value.Items.Sum(FarNumbers) + value.Members.Sum(member => FarNumbers(member.Value));

    // jsonb compares numbers, not how they are written.
    private static bool IsOne(string number) => number == "1" || number.StartsWith("1.", StringComparison.Ordinal) && number.AsSpan(2).TrimEnd('0').IsEmpty;
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture.Rows;

/// <summary>The revision of the rows of one agent session (design 3). What a longer transcript, a boundary or an earlier fork says is greater.</summary>
/// <param name="Start">When the session began.</param>
/// <param name="Key">Its id: of two that begin at the same record the smaller one owns it.</param>
/// <param name="Replayed">How many of its turns others own: who knows more of them is right about the rest.</param>
internal sealed record RowRevision(DateTimeOffset Start, string Key, int Replayed)
{
    /// <summary>Of these rules. A new one recaptures everything.</summary>
    public const int Version = 1;

    private readonly string _fork = Fork(Key, Replayed);

    /// <param name="cuts">The user's boundaries up to the row's end.</param>
    /// <param name="records">The records of the main session that were folded when it last touched the row.</param>
    /// <param name="ofSubagents">The same of the subagents' sessions.</param>
    public string Of(int cuts, long records, long ofSubagents) =>
        string.Create(CultureInfo.InvariantCulture, $"{Revision.Of(Version, cuts, Start, 0)[..^13]}.{_fork}.{records:D10}.{ofSubagents:D10}");

    /// <summary>How many records of its own session the text of a turn was made from; null for a row without a revision of ours.</summary>
    public static long? RecordsOf(string? rev, bool ofSubagent)
    {
        if (rev is not { Length: > 21 })
        {
            return null;
        }

        return long.Parse(ofSubagent ? rev.AsSpan(rev.Length - 10) : rev.AsSpan(rev.Length - 21, 10), CultureInfo.InvariantCulture);
    }

    private static string Fork(string key, int replayed)
    {
        // Counted down, as the start is. Eight digits: session ids are random, and only those of one family of forks meet.
        var space = Guid.TryParse(key, out var id) ? id.ToByteArray(bigEndian: true) : SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var digits = 0xFFFFFFFFu - BitConverter.ToUInt32([space[3], space[2], space[1], space[0]]);
        return string.Create(CultureInfo.InvariantCulture, $"{digits:x8}{Math.Min(replayed, 9_999_999):D7}");
    }
}

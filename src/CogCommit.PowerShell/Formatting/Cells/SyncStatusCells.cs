using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>How the store stands to the cloud, on one screen: who, since when, how full, what waits, and what to type next.</summary>
internal sealed class SyncStatusCells(PSObject source) : ShownCells(source)
{
    private const int LabelWidth = 10;

    public string Text
    {
        get
        {
            var text = new LabelledText(Cells, Palette, Screen.Columns, LabelWidth);
            text.Add("Signed in", Who());
            AddDaemon(text);
            text.Add("Last sync", LastSync());
            AddQuota(text);
            text.Add("Synced", Synced());
            text.Add("Waiting", Waiting());
            if (Source.Number("Conflicts") > 0)
            {
                text.Add("Conflicts", Palette.Magenta($"{SizeText.Count(Source.Number("Conflicts"))} not resolved"));
            }

            if (!Offline && Source.Text("LastError") is { Length: > 0 } error)
            {
                text.Add("Last error", Coloured(CellText.Clean(error), Palette.Red));
            }

            AddNext(text);
            return text.ToString();
        }
    }

    // Then the line of the connection says why.
    private bool Offline => SignedIn && Source.Text("Connection") == "Offline";

    // Who nobody looked for is not spoken of.
    private void AddDaemon(LabelledText text)
    {
        if (Source.One("Daemon") is { } daemon)
        {
            text.Add("Daemon", DaemonText.Running(daemon, Palette));
        }

        if (SignedIn && (Source.One("Daemon") is not null || Source.Moment("FailingSince") is not null))
        {
            text.Add("Connection", ConnectionText.Of(Source, Palette, Offline ? Source.Text("LastError") : Source.One("Daemon")?.Text("Reason")));
        }
    }

    private ShownObject? Identity => Source.One("Identity");

    private bool SignedIn => Identity?.Flag("SignedIn") ?? false;

    private string Who() => SignedIn
        ? $"{CellText.Clean(Identity?.Text("UserName") ?? Identity?.Text("UserId"))} at {CellText.Clean(Identity?.Text("Url"))}"
        : Palette.Yellow("nobody");

    private string LastSync() => Source.Moment("LastSync") is { } moment ? $"{Age("LastSync")} ago, {MomentText.Minute(moment)}" : "never";

    private void AddQuota(LabelledText text)
    {
        if (Source.MaybeNumber("CommitsUsed") is { } commits)
        {
            text.Add("Commits", Used(commits, Source.MaybeNumber("CommitLimit"), SizeText.Count));
        }

        if (Source.MaybeNumber("BytesUsed") is { } bytes)
        {
            text.Add("Bytes", Used(bytes, Source.MaybeNumber("ByteLimit"), SizeText.Bytes));
        }
    }

    private string Used(long used, long? limit, Func<long, string> said) =>
        limit is { } most ? $"{QuotaBar.Of(used, most, Palette)}  {said(used)} of {said(most)}" : $"{said(used)}, no limit";

    private string Synced()
    {
        var filtered = Source.Number("Filtered");
        return SizeText.Count(Source.Number("Synced")) + filtered switch
        {
            0 => "",
            1 => ", and 1 that needs no upload",
            _ => $", and {SizeText.Count(filtered)} that need no upload",
        };
    }

    private string Waiting()
    {
        (string Property, string State)[] kinds = [("Pending", "pending"), ("OverLimit", "over_limit"), ("Errors", "error"), ("TooLarge", "too_large")];
        var waiting = kinds.Where(kind => Source.Number(kind.Property) > 0)
            .Select(kind => $"{SizeText.Count(Source.Number(kind.Property))} {StateText.Of(kind.State, Palette)}").ToArray();
        if (Source.Number("VisualsPending") is > 0 and var pictures)
        {
            waiting = [.. waiting, $"{SizeText.Count(pictures)} {(pictures == 1 ? "picture" : "pictures")} of {SizeText.Bytes(Source.Number("VisualBytesPending"))}"];
        }

        return waiting.Length == 0 ? "nothing" : string.Join(", ", waiting) + (Source.Length("Lag") is { } lag ? $"; the oldest for {AgeText.Length(lag)}" : "");
    }

    private void AddNext(LabelledText text)
    {
        List<string> next = [];
        if (!SignedIn)
        {
            next.Add("Connect-CogCommit -Url <cloud> -AnonKey <key> signs in. Until then everything stays on this machine.");
        }
        else if (Source.Number("Pending") > 0 && Source.One("Daemon")?.Flag("IsRunning") != true)
        {
            next.Add(Source.One("Daemon") is null
                ? "Sync-CogCommit sends what is pending."
                : "Sync-CogCommit sends what is pending, Start-CogCommitDaemon does so from now on.");
        }

        if (Source.Number("OverLimit") > 0)
        {
            next.Add("Remove-CogCommitVisual, or Remove-CogCommit -Cloud, makes room in the cloud; Push-CogCommit -Retry then sends what was over the limit.");
        }

        if (Source.Number("Errors") > 0)
        {
            next.Add("Get-CogCommit -SyncStatus error lists what the cloud refused, Push-CogCommit -Retry sends it again.");
        }

        if (Source.Number("TooLarge") > 0)
        {
            next.Add("Get-CogCommit -SyncStatus too_large lists what is too large for the cloud. It stays on this machine.");
        }

        if (Source.Number("Conflicts") > 0)
        {
            next.Add("Get-CogCommitConflict shows both sides, Resolve-CogCommitConflict keeps one.");
        }

        if (Source.Text("LastError") is { Length: > 0 })
        {
            next.Add("Test-CogCommit looks for what is wrong.");
        }

        if (next.Count > 0)
        {
            text.Line();
            next.ForEach(text.Next);
        }
    }

    // Word by word, so that no escape reaches over the end of a line.
    private static string Coloured(string text, Func<string, string> colour) => string.Join(' ', text.Split(' ').Select(colour));
}

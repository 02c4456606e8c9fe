using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A cognitive commit as its table and its list show it.</summary>
internal sealed class CommitCells(PSObject source) : ShownCells(source)
{
    private const int ProjectWidth = 14;
    private const int BeforeTitle = 8 + 1 + 4 + 1 + ProjectWidth + 1 + 7 + 1 + 10 + 1;

    public string Id => ShortId(Source.Text("Id"));

    public string Started => Age("StartedAt");

    public string Project => Named("ProjectName", ProjectWidth);

    public string Git => ShortHash(Source.Text("GitHash"));

    public string Sync => StateText.Of(Source.Text("SyncStatus"), Palette);

    public string Title
    {
        get
        {
            var mark = Source.Moment("DeletedAt") is not null ? "(deleted) " : Source.Flag("Hidden") ? "(hidden) " : "";
            var title = Cells.Fit(mark + Source.Text("Title"), Rest(BeforeTitle));
            return mark.Length > 0 ? Palette.Dim(title) : title;
        }
    }

    public string FullTitle => CellText.Clean(Source.Text("Title"));

    public string GitCommit => string.Join(' ', new[] { Source.Text("GitHash"), CellText.Clean(Source.Text("GitSubject")) }.Where(part => !string.IsNullOrEmpty(part)));

    public string OtherHashes => string.Join(' ', Source.Texts("GitHashes").Where(hash => hash != Source.Text("GitHash")));

    public string StartedAt => MomentText.Minute(Source.Moment("StartedAt"));

    public string ClosedAt => $"{MomentText.Minute(Source.Moment("ClosedAt"))}, after {AgeText.Length(Length)}, by {Source.Text("ClosedBy")}";

    public string Turns =>
        $"{SizeText.Count(Source.Number("TurnCount"))}, {SizeText.Count(Source.Number("PromptCount"))} of them prompts, in {Sessions(Source.Number("SessionCount"))}";

    public string Tokens => $"{SizeText.Count(Source.Number("InputTokens"))} in, {SizeText.Count(Source.Number("OutputTokens"))} out";

    public string FilesChanged => Lines(Source.Texts("FilesChanged"));

    public string FilesRead => Lines(Source.Texts("FilesRead"));

    public string DeletedAt => Palette.Red(MomentText.Minute(Source.Moment("DeletedAt")));

    private TimeSpan Length => (Source.Moment("ClosedAt") - Source.Moment("StartedAt")) ?? TimeSpan.Zero;

    private static string Sessions(long count) => count == 1 ? "1 session" : $"{SizeText.Count(count)} sessions";
}

using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Adds pictures to commits.</summary>
[Cmdlet(VerbsCommon.Add, "CogCommitVisual", SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(Visual))]
public sealed class AddCogCommitVisualCommand : VisualCommand
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private CognitiveCommit? _newest;

    /// <summary>Pictures, wildcards allowed.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Pictures, wildcards allowed: PNG, JPEG, GIF or WebP, at most 50 MB each.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>As Path, without wildcards.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Pictures as they are written: no character is a wildcard.")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The commits they are added to; the newest of the current location's project when none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "The commits they are added to: ids, or the first 8 or more characters of them. Default: the newest of the current location's project.")]
    [CommitId("TurnId")]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CommitId { get; set; }

    /// <summary>The turns that they show.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "The turns that they show: ids, or the first 8 or more characters of them. Their commits follow from that.")]
    [ObjectId("TurnId")]
    public string[]? TurnId { get; set; }

    /// <summary>What is to be read below them.</summary>
    [Parameter(HelpMessage = "What is to be read below them.")]
    [AllowEmptyString]
    public string? Caption { get; set; }

    /// <summary>What they are: a word.</summary>
    [Parameter(HelpMessage = "What they are: one word, such as screenshot (the default), diagram or mockup.")]
    [ValidateNotNullOrEmpty]
    public string? Type { get; set; }

    private protected override void Process()
    {
        var places = Places();
        foreach (var path in LiteralPath ?? Path ?? [])
        {
            ForOne(path, () => AddAll(path, places));
        }
    }

    private void AddAll(string path, List<VisualDraft> places)
    {
        foreach (var file in LiteralPath is null ? FileSystemPaths(path) : [FileSystemPath(path)])
        {
            foreach (var place in places)
            {
                ForOne(file, () => AddOne(file, place));
            }
        }
    }

    private void AddOne(string file, VisualDraft place)
    {
        if (Directory.Exists(file))
        {
            throw new CogCommitException("PathIsFolder", $"'{file}' is a folder. Name the pictures in it: {System.IO.Path.Combine(file, "*.png")}", ErrorKind.InvalidArgument);
        }

        if (!File.Exists(file))
        {
            throw new CogCommitException("PathNotFound", $"There is no file '{file}'. Nothing was added.", ErrorKind.NotFound);
        }

        var to = place.TurnId is null ? $"commit {place.CommitId}" : $"turn {place.TurnId}";
        if (ShouldProcess(file, $"Add to the {to}"))
        {
            WriteObject(Find(AddedVisual.Add(Store, file, place with { Type = Type, Caption = Caption }, StopToken)));
        }
    }

    /// <summary>Where they go. An id that says none is an error of its own, and does not become the newest commit.</summary>
    private List<VisualDraft> Places()
    {
        if (TurnId is { Length: > 0 })
        {
            var commit = CommitId is [_] ? Resolve(CommitId).Select(one => one.Id).FirstOrDefault() : null;
            var turns = new List<VisualDraft>();
            foreach (var id in TurnId)
            {
                ForOne(id, () => turns.Add(new VisualDraft { CommitId = commit, TurnId = ChosenId.Resolve("Turn", id, FindTurns) }));
            }
            return turns;
        }

        return CommitId is { Length: > 0 }
            ? Resolve(CommitId).Select(commit => new VisualDraft { CommitId = commit.Id }).ToList()
            : [new VisualDraft { CommitId = Newest().Id }];
    }

    private IReadOnlyList<string> FindTurns(string id, int most) => ExistingStore is { } store ? TurnReader.FindIds(store, id, most) : [];

    private CognitiveCommit Newest()
    {
        if (_newest is null)
        {
            var project = Projects(["."]);
            _newest = (ExistingStore is { } store ? CommitReader.Read(store, new CommitFilter { Projects = project }, first: 1, ct: StopToken).FirstOrDefault() : null)
                ?? throw new CogCommitException(
                    "NoCommitHere",
                    $"The project {WildcardText(project[0])} has no commit to which a picture could be added. Import its sessions first (Import-CogCommit), or name a commit with -CommitId.",
                    ErrorKind.NotFound);
            WriteVerbose($"The newest commit here is {_newest.Id} ({_newest.Title}).");
        }
        return _newest;
    }

    private static string WildcardText(string pattern) => WildcardPattern.Unescape(pattern);
}

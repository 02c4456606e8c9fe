using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Config;
using CogCommit.Core.Export;
using CogCommit.Core.Store;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Brings transcripts, and our own Json and Jsonl exports, into the store.</summary>
[Cmdlet(VerbsData.Import, "CogCommit", SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(ImportResult))]
public sealed class ImportCogCommitCommand : CogCommitCommand
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";
    private readonly List<string> _transcripts = [];
    private readonly List<string> _exports = [];
    private bool _named;

    /// <summary>Files and folders, wildcards allowed; the agents' own folders when none is given.</summary>
    [Parameter(ParameterSetName = ByPath, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Transcripts, folders of them, or exports in Json and Jsonl; wildcards allowed. Default: the agents' own folders.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>As Path, without wildcards.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Files and folders as they are written: no character is a wildcard.")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Only these projects, wildcards allowed; <c>.</c> is the project of the current location.</summary>
    [Parameter(HelpMessage = "Only these projects, wildcards allowed; . is the project of the current location.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Only transcripts that say something at this moment or later.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Makes the search index anew, and reads everything from the start, not only what was appended.</summary>
    [Parameter(HelpMessage = "Makes the search index anew, and reads everything from the start, not only what was appended.")]
    public SwitchParameter Rebuild { get; set; }

    private protected override void Process()
    {
        foreach (var path in LiteralPath ?? Path ?? [])
        {
            _named = true;
            ForOne(path, () => TakeReadable(path));
        }
    }

    private protected override void End()
    {
        // From here on an empty pipeline, or names that mean nothing, must not become the default folders.
        _named |= MyInvocation.ExpectingInput;
        if (_named && _transcripts.Count + _exports.Count == 0)
        {
            return;
        }
        var what = _named ? string.Join(", ", _transcripts.Concat(_exports)) : "the agents' own folders";
        if (!ShouldProcess(what, "Import-CogCommit"))
        {
            return;
        }
        if (Rebuild)
        {
            RebuildIndex();
        }
        var results = new List<ImportResult>();
        if (_transcripts.Count > 0 || !_named)
        {
            results.Add(ImportTranscripts());
        }
        foreach (var export in _exports)
        {
            ForOne(export, () => results.Add(ImportExport(export)));
        }
        if (results.Count > 0)
        {
            WriteSum(ImportSum.Of(results));
        }
    }

    private void TakeReadable(string path)
    {
        try
        {
            Take(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CogCommitException("PathNotReadable", $"'{path}' cannot be read, and nothing of it was imported: {refused.Message}", ErrorKind.Unavailable, refused);
        }
    }

    private void Take(string path)
    {
        foreach (var file in LiteralPath is null ? FileSystemPaths(path) : [ExistingPath(path)])
        {
            if (File.Exists(file))
            {
                (ExportFile.Recognises(file) ? _exports : _transcripts).Add(file);
            }
            else
            {
                TakeFolder(file);
            }
        }
    }

    /// <summary>Exports lie directly in a folder, where Export-CogCommit puts them; transcripts anywhere below it.</summary>
    private void TakeFolder(string folder)
    {
        var exports = Directory.EnumerateFiles(folder, "*.json*")
            .Where(path => System.IO.Path.GetExtension(path) is ".json" or ".jsonl" && ExportFile.Recognises(path))
            .Order(StringComparer.Ordinal).ToList();
        _exports.AddRange(exports);
        if (exports.Count == 0)
        {
            _transcripts.Add(folder);
        }
        else
        {
            _transcripts.AddRange(Directory.EnumerateFiles(folder, "*.jsonl").Except(exports).Concat(Directory.EnumerateDirectories(folder)));
        }
    }

    private ImportResult ImportTranscripts()
    {
        var options = new ImportOptions
        {
            Paths = _transcripts,
            Projects = Projects(Project),
            Since = Since,
            Rebuild = Rebuild,
            ExcludeProjects = Settings.Load(Home).ExcludeProjects,
        };
        var store = Store;
        return Run<ImportResult, ImportProgress>(
            (progress, pump, cancel) => Task.FromResult(new Importer(store) { Report = NewReport(pump) }.Run(options, progress, cancel)),
            progress => new ProgressStep(
                "Importing transcripts",
                $"{progress.FilesDone} of {progress.FilesTotal} files  {System.IO.Path.GetFileName(progress.CurrentFile)}",
                progress.BytesDone,
                progress.BytesTotal));
    }

    private ImportResult ImportExport(string path)
    {
        var store = Store;
        WriteVerbose($"Reading the export {path}: first all of it is checked, then it is merged.");
        return Run<ImportResult, (long Done, long Total)>(
            (progress, _, cancel) => Task.FromResult(ExportFile.Import(store, path, progress, cancel)),
            rows => rows.Total == 0
                ? new ProgressStep("Checking the export", System.IO.Path.GetFileName(path), 0, 0)
                : ProgressStep.Counted("Importing the export", rows.Done, rows.Total, "rows", System.IO.Path.GetFileName(path)));
    }

    private void RebuildIndex()
    {
        var store = Store;
        var rows = Run<long, IndexProgress>(
            (progress, _, cancel) => Task.FromResult(FullTextIndex.Rebuild(store, progress, cancel)),
            progress => ProgressStep.Counted("Making the search index anew", progress.Done, progress.Total, "commits and turns"));
        WriteVerbose($"The search index was made anew: {rows} commits and turns.");
    }

    private void WriteSum(ImportResult sum)
    {
        if (sum.BadLines.Count > 0)
        {
            WriteWarning($"Not everything could be taken as it is ({sum.BadLines.Count} times); the rest was. BadLines of the result says what, and why.");
        }
        WriteObject(sum);
    }
}

using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Export;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Writes commits whole, as Json, Jsonl, Markdown or Html: to a file, to a file each, or to the pipeline.</summary>
[Cmdlet(VerbsData.Export, "CogCommit", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportCogCommitCommand : CommitFilterCommand
{
    private CommitFilter? _filter;
    private string? _path;
    private bool _each;
    private bool _wanted = true;
    private ExportTarget? _file;
    private LinesToPipeline? _lines;
    private ExportDocument? _document;
    private StepProgress? _progress;
    private long _written;

    /// <summary>Json and Jsonl can be imported again without loss; Markdown and Html are for people.</summary>
    [Parameter(HelpMessage = "Json or Jsonl, which can be imported again without loss, or Markdown or Html. Default: as the file's name says, else Json.")]
    [ValidateSet("Json", "Jsonl", "Markdown", "Html")]
    public string? Format { get; set; }

    /// <summary>A file for all, or a folder for a file each; without it the text goes to the pipeline, line by line.</summary>
    [Parameter(HelpMessage = "A file for all, or a folder for a file each. Without it the text goes to the pipeline, line by line.")]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Leaves files alone that are there already.</summary>
    [Parameter(HelpMessage = "Leaves files alone that are there already.")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Returns the files.</summary>
    [Parameter(HelpMessage = "Returns the files.")]
    public SwitchParameter PassThru { get; set; }

    // No field: one of an enum of Core would be needed before the module can say where Core lies.
    private ExportFormat Chosen => Format is not null ? Enum.Parse<ExportFormat>(Format, ignoreCase: true) : FormatOf(_each ? null : _path);

    private protected override void Begin()
    {
        Target = Path;
        _path = Path is null ? null : FileSystemPath(Path);
        _each = _path is not null && (Directory.Exists(_path) || System.IO.Path.EndsInDirectorySeparator(Path!));
        if (_path is not null && !Directory.Exists(_each ? _path : System.IO.Path.GetDirectoryName(_path)))
        {
            throw new CogCommitException("PathNotFound", $"The folder of '{Path}' does not exist. Nothing was written. Make it first, or name another.", ErrorKind.NotFound);
        }
        if (_path is not null && !_each)
        {
            _wanted = ShouldProcess(_path, "Export-CogCommit");
            if (_wanted)
            {
                CheckClobber(_path);
            }
        }
    }

    private protected override void Process()
    {
        Target = GitHash;
        _filter ??= Filter();
        // A bar would come between the lines where they go to the pipeline.
        _progress ??= _path is null ? null : NewProgress();
        var total = _path is not null && CommitId is null && ExistingStore is { } store ? CommitReader.Count(store, _filter) : 0;
        foreach (var commit in Commits(_filter))
        {
            _progress?.Show(ProgressStep.Counted("Exporting commits", _written, total, "commits", commit.Title));
            _written++;
            if (_each)
            {
                ForOne(commit.Id, () => WriteFile(commit));
            }
            else if (_wanted)
            {
                WriteInto(commit.Id);
            }
        }
    }

    private protected override void End()
    {
        _progress?.Dispose();
        if (_each || !_wanted)
        {
            return;
        }
        if (_document is null && _path is not null)
        {
            // A file that is there may be the only copy of what it holds: nothing is no reason to replace it.
            WriteWarning($"No commit to export: '{Path}' was not written.");
            return;
        }
        Document().Complete();
        _lines?.Dispose();
        Written(_path!, _file);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _document?.Dispose();
        _file?.Dispose();
        base.Dispose(disposing);
    }

    private void WriteFile(CognitiveCommit commit)
    {
        var path = System.IO.Path.Combine(_path!, Exporter.FileName(commit, Chosen));
        if (!ShouldProcess(path, "Export-CogCommit"))
        {
            return;
        }
        CheckClobber(path);
        using var file = new ExportTarget(path);
        new Exporter(Store).Write(commit, Chosen, file.Writer, StopToken);
        Written(path, file);
    }

    /// <summary>A commit that is gone meanwhile leaves the others alone; a file that cannot be written ends it for all.</summary>
    private void WriteInto(string commitId)
    {
        try
        {
            Document().Write(commitId, StopToken);
        }
        catch (CogCommitException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            WriteError(ErrorRecords.Of(gone, commitId));
        }
    }

    /// <summary>The one document of all commits, begun when it is first needed.</summary>
    private ExportDocument Document()
    {
        if (_document is null)
        {
            TextWriter to = _path is null ? _lines = new LinesToPipeline(WriteObject) : (_file = new ExportTarget(_path)).Writer;
            _document = new Exporter(Store).Open(Chosen, to);
        }
        return _document;
    }

    private void Written(string path, ExportTarget? file)
    {
        file?.Complete();
        if (file is not null)
        {
            WriteVerbose($"Wrote {path}{(_each ? "" : _written == 1 ? " with 1 commit" : $" with {_written} commits")}.");
        }
        if (file is not null && PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    private void CheckClobber(string path)
    {
        if (NoClobber && System.IO.File.Exists(path))
        {
            throw new CogCommitException("FileExists", $"'{path}' is there already and was left as it is. Without -NoClobber it is replaced.", ErrorKind.Conflict);
        }
    }

    private static ExportFormat FormatOf(string? path) => System.IO.Path.GetExtension(path)?.ToLowerInvariant() switch
    {
        ".jsonl" => ExportFormat.Jsonl,
        ".md" or ".markdown" => ExportFormat.Markdown,
        ".html" or ".htm" => ExportFormat.Html,
        _ => ExportFormat.Json,
    };
}

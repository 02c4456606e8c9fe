using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Store;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Writes pictures into files; what is not on this machine is fetched from the cloud.</summary>
[Cmdlet(VerbsData.Save, "CogCommitVisual", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveCogCommitVisualCommand : VisualCommand
{
    private string _path = "";
    private bool _each;
    private bool _written;

    /// <summary>A folder, where each picture gets a file named by its commit and itself, or the file for one.</summary>
    [Parameter(Mandatory = true, Position = 0,
        HelpMessage = "A folder, where each picture gets a file named by its commit and itself, or the file for one picture.")]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The visuals: their ids, the first 8 or more characters of them, or what Get-CogCommitVisual gives.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The visuals: their ids, the first 8 or more characters of them, or what Get-CogCommitVisual gives.")]
    [ObjectId("VisualId")]
    [ArgumentCompleter(typeof(VisualIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] VisualId { get; set; } = [];

    /// <summary>Replaces files that are there.</summary>
    [Parameter(HelpMessage = "Replaces files that are there.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the files.</summary>
    [Parameter(HelpMessage = "Returns the files.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Begin()
    {
        Target = Path;
        _path = FileSystemPath(Path);
        _each = Directory.Exists(_path) || System.IO.Path.EndsInDirectorySeparator(Path);
        if (!Directory.Exists(_each ? _path : System.IO.Path.GetDirectoryName(_path)))
        {
            throw new CogCommitException("PathNotFound", $"The folder of '{Path}' does not exist. Nothing was written. Make it first, or name another.", ErrorKind.NotFound);
        }
    }

    private protected override void Process()
    {
        foreach (var visual in ResolveVisuals(VisualId))
        {
            ForOne(visual.VisualId, () => Save(visual));
        }
    }

    private void Save(Visual visual)
    {
        if (!_each && _written)
        {
            throw new CogCommitException(
                "SeveralVisuals", $"'{Path}' is one file and holds a picture already; {visual.VisualId} was not written. Name a folder for several.", ErrorKind.InvalidArgument);
        }

        // Before it is fetched, by what its row says of it: nobody is to wait for what is then refused.
        var expected = FileOf(visual, visual.MimeType);
        Check(expected);
        if (!ShouldProcess(expected, $"Save the picture {visual.VisualId}"))
        {
            return;
        }

        var content = ContentOf(visual);
        var file = FileOf(visual, VisualCopy.TypeOf(content));
        Check(file);
        VisualCopy.Write(content, file, Force);
        _written = true;
        WriteVerbose($"Wrote {file} with the picture {visual.VisualId}.");
        if (PassThru)
        {
            WriteObject(new FileInfo(file));
        }
    }

    private string FileOf(Visual visual, string? mime) => _each ? System.IO.Path.Combine(_path, VisualCopy.FileName(visual, mime)) : _path;

    private void Check(string file)
    {
        if (!Force && File.Exists(file))
        {
            throw VisualCopy.Exists(file);
        }

        if (_each && Directory.Exists(file))
        {
            throw new CogCommitException("PathIsFolder", $"'{file}' is a folder, so no picture was written there. Name another place.", ErrorKind.Conflict);
        }
    }
}

using System.Management.Automation;
using CogCommit.Core.Capture;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Removes pictures from their commits, here and, with the next sync, everywhere.</summary>
[Cmdlet(VerbsCommon.Remove, "CogCommitVisual", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Visual))]
public sealed class RemoveCogCommitVisualCommand : VisualCommand
{
    /// <summary>The visuals: their ids, the first 8 or more characters of them, or what Get-CogCommitVisual gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The visuals: their ids, the first 8 or more characters of them, or what Get-CogCommitVisual gives.")]
    [ObjectId("VisualId")]
    [ArgumentCompleter(typeof(VisualIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] VisualId { get; set; } = [];

    /// <summary>Without asking.</summary>
    [Parameter(HelpMessage = "Without asking.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the visuals that were removed, as they were.</summary>
    [Parameter(HelpMessage = "Returns the visuals that were removed, as they were.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        foreach (var visual in ResolveVisuals(VisualId))
        {
            if (Agreed(Force, $"{visual.VisualId} ({visual})", "Remove here and, with the next sync, on every machine"))
            {
                ForOne(visual.VisualId, () => Remove(visual));
            }
        }
    }

    private void Remove(Visual visual)
    {
        VisualRemoval.Remove(Store, visual.VisualId);
        if (PassThru)
        {
            WriteObject(visual);
        }
    }
}

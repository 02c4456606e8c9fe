using System.Management.Automation;

namespace CogCommit.PowerShell.Tests.Pipelines;

/// <summary>Select-Object -First, which the bare engine lacks: it lets the first objects through and then stops what is before it.</summary>
[Cmdlet(VerbsCommon.Select, "First")]
public sealed class SelectFirst : PSCmdlet
{
    private int _passed;

    [Parameter(Position = 0)]
    public int Count { get; set; } = 1;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        if (++_passed == Count)
        {
            // What Select-Object throws; nobody else can.
            var stop = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException")!;
            throw (Exception)Activator.CreateInstance(stop, this)!;
        }
    }
}

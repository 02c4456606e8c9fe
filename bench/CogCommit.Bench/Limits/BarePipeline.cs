namespace CogCommit.Bench.Limits;

/// <summary>The engine passing on objects that cost nothing, in a session of its own: from the first such line of a session on, and again.</summary>
internal static class BarePipeline
{
    /// <summary>What comes before the figures: a cmdlet that writes so many objects.</summary>
    public const string Prepare = """
        Add-Type -PassThru -TypeDefinition '
        using System.Management.Automation;
        [Cmdlet("Write", "BareObject")]
        public sealed class WriteBareObject : Cmdlet
        {
            [Parameter] public int Count { get; set; }
            protected override void EndProcessing() { for (var i = 0; i < Count; i++) { WriteObject(new object()); } }
        }' | ForEach-Object { Import-Module -Assembly $_.Assembly }
        """;
}

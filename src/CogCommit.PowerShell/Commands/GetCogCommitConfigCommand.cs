using System.Management.Automation;
using CogCommit.Core.Config;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Reads settings.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitConfig")]
[OutputType(typeof(ConfigEntry))]
public sealed class GetCogCommitConfigCommand : CogCommitCommand
{
    /// <summary>The settings to read; all of them unless named.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The settings to read: storage, continuous-sync, analytics-opt-in, exclude-projects, visual-cache-ttl, visual-cache-size, supabase-url, supabase-anon-key. Default: all.")]
    [ArgumentCompleter(typeof(ConfigKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Key { get; set; }

    private protected override void Process()
    {
        var settings = Settings.Load(Home);
        if (Key is null)
        {
            foreach (var entry in settings.Entries)
            {
                WriteObject(entry);
            }
            return;
        }
        foreach (var key in Key)
        {
            ForOne(key, () => WriteObject(settings.Entry(key)));
        }
    }
}

using System.Collections;
using System.Management.Automation;
using CogCommit.Core.Config;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Changes a setting.</summary>
[Cmdlet(VerbsCommon.Set, "CogCommitConfig", SupportsShouldProcess = true)]
[OutputType(typeof(ConfigEntry))]
public sealed class SetCogCommitConfigCommand : CogCommitCommand
{
    /// <summary>The setting.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The setting: storage, continuous-sync, sync-debounce, sync-max-wait, pull-interval, session-idle, analytics-opt-in, exclude-projects, visual-cache-ttl, visual-cache-size, supabase-url or supabase-anon-key.")]
    [ArgumentCompleter(typeof(ConfigKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public string Key { get; set; } = "";

    /// <summary>Its new value; $null for the default.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The new value: text, $true or $false, or a list of project names. $null goes back to the default.")]
    [ArgumentCompleter(typeof(ConfigValueCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>Returns the setting as it is afterwards.</summary>
    [Parameter(HelpMessage = "Returns the setting as it is afterwards.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process() => ForOne(Key, () =>
    {
        var settings = Settings.Load(Home);
        // An unknown key is an error with -WhatIf too.
        var known = Settings.Known(Key);
        if (!ShouldProcess(known, "Set-CogCommitConfig"))
        {
            return;
        }
        settings.Set(known, Plain(Value));
        if (PassThru)
        {
            WriteObject(settings.Entry(known));
        }
    });

    private static object? Plain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text => text,
        SwitchParameter on => on.IsPresent,
        IEnumerable several => several.Cast<object?>().Select(item => LanguagePrimitives.ConvertTo<string>(item)).ToArray(),
        var other => other,
    };
}

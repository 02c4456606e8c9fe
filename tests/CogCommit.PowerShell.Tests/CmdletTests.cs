using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests;

/// <summary>What all cmdlets promise alike.</summary>
public sealed class CmdletTests : IDisposable
{
    private static readonly string[] Changing =
    [
        "Add", "Clear", "Close", "Connect", "Disconnect", "Export", "Import", "Push", "Receive", "Register", "Remove", "Resolve", "Restore", "Save", "Set", "Start", "Stop", "Sync", "Unregister",
    ];
    private static readonly string[] Paging = ["IncludeTotalCount", "Skip", "First"];
    private readonly BareEngine _engine = new();
    private readonly CmdletInfo[] _cmdlets;

    public CmdletTests() =>
        _cmdlets = [.. _engine.Run("(Get-Module CogCommit).ExportedCmdlets.Values").Fine().Output.Select(command => (CmdletInfo)command.BaseObject)];

    [Fact]
    public void All_of_them_are_there()
    {
        Assert.Equal(
            [
                "Add-CogCommitVisual", "Clear-CogCommitCloud", "Close-CogCommit", "Connect-CogCommit", "Disconnect-CogCommit",
                "Export-CogCommit", "Get-CogCommit", "Get-CogCommitConfig", "Get-CogCommitConflict", "Get-CogCommitDaemon",
                "Get-CogCommitIdentity", "Get-CogCommitSession", "Get-CogCommitSyncStatus", "Get-CogCommitTurn", "Get-CogCommitVisual",
                "Import-CogCommit", "Measure-CogCommit", "Push-CogCommit", "Receive-CogCommit", "Register-CogCommitDaemon",
                "Remove-CogCommit", "Remove-CogCommitAccount", "Remove-CogCommitVisual", "Resolve-CogCommitConflict",
                "Restore-CogCommit", "Save-CogCommitVisual", "Search-CogCommit", "Set-CogCommit", "Set-CogCommitConfig",
                "Start-CogCommitDaemon", "Stop-CogCommitDaemon", "Sync-CogCommit", "Test-CogCommit", "Unregister-CogCommitDaemon",
                "Watch-CogCommit",
            ],
            _cmdlets.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Receive-CogCommit", _engine.Run("(Get-Command Pull-CogCommit).Definition").Fine().One.ToString());
    }

    [Fact]
    public void Every_parameter_says_what_it_is_for()
    {
        // A parameter of several sets says it in each.
        Assert.All(
            _cmdlets.SelectMany(cmdlet => cmdlet.ParameterSets.SelectMany(set => set.Parameters.Where(IsOwn).Select(parameter => (cmdlet, set, parameter)))),
            one => Assert.False(string.IsNullOrWhiteSpace(one.parameter.HelpMessage), $"{one.cmdlet.Name} -{one.parameter.Name} ({one.set.Name})"));
    }

    [Fact]
    public void Every_cmdlet_says_what_it_returns() => Assert.All(_cmdlets, cmdlet => Assert.NotEmpty(cmdlet.OutputType));

    [Fact]
    public void What_changes_something_can_be_asked_what_it_would_do()
    {
        foreach (var cmdlet in _cmdlets)
        {
            Assert.Equal(Changing.Contains(cmdlet.Verb), cmdlet.Parameters.ContainsKey("WhatIf"));
        }
    }

    [Fact]
    public void A_commit_is_named_alike_everywhere()
    {
        // A conflict has an id of its own: there a commit is the second way to say which. What comes to Add- is pictures.
        foreach (var cmdlet in _cmdlets.Where(cmdlet => cmdlet.Verb != "Add" && cmdlet.Parameters.ContainsKey("CommitId") && !cmdlet.Parameters.ContainsKey("Id")))
        {
            var parameter = cmdlet.Parameters["CommitId"];
            Assert.Equal(typeof(string[]), parameter.ParameterType);
            Assert.Equal(["Id"], parameter.Aliases);
            Assert.All(parameter.ParameterSets.Values, set => Assert.True(set is { ValueFromPipeline: true, ValueFromPipelineByPropertyName: true }, cmdlet.Name));
            // Without a name one measures a project.
            Assert.All(parameter.ParameterSets.Values, set => Assert.Equal(cmdlet.Verb != "Measure", set.Position == 0));
        }
    }

    [Fact]
    public void One_parameter_of_a_set_takes_the_pipeline_by_value()
    {
        foreach (var set in _cmdlets.SelectMany(cmdlet => cmdlet.ParameterSets))
        {
            Assert.InRange(set.Parameters.Count(parameter => parameter.ValueFromPipeline), 0, 1);
        }
    }

    [Fact]
    public void Switches_are_switches() => Assert.DoesNotContain(Own(), parameter => parameter.ParameterType == typeof(bool));

    [Theory]
    [InlineData("Get-CogCommit", "ClosedBy", "git_commit session_end explicit")]
    [InlineData("Get-CogCommit", "Source", "claude_code")]
    [InlineData("Get-CogCommit", "SyncStatus", "pending synced filtered over_limit conflict error too_large")]
    [InlineData("Get-CogCommitTurn", "Role", "user assistant")]
    [InlineData("Search-CogCommit", "Role", "user assistant commit")]
    [InlineData("Export-CogCommit", "Format", "Json Jsonl Markdown Html")]
    public void Closed_sets_are_completed_and_checked(string cmdlet, string parameter, string words)
    {
        var set = _cmdlets.Single(one => one.Name == cmdlet).Parameters[parameter].Attributes.OfType<ValidateSetAttribute>().Single();

        Assert.Equal(words.Split(' '), set.ValidValues);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void What_names_something_in_the_store_is_completed()
    {
        string[] names = ["Project", "Branch", "CommitId", "File", "SessionId", "VisualId", "Tool", "GitHash", "Key", "Value", "Check"];
        Assert.All(
            _cmdlets.SelectMany(cmdlet => cmdlet.Parameters.Values.Where(parameter => names.Contains(parameter.Name)).Select(parameter => (cmdlet, parameter))),
            one => Assert.True(one.parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any(), $"{one.cmdlet.Name} -{one.parameter.Name}"));
    }

    private IEnumerable<CommandParameterInfo> Own() => _cmdlets.SelectMany(cmdlet => cmdlet.ParameterSets).SelectMany(set => set.Parameters).Where(IsOwn);

    private static bool IsOwn(CommandParameterInfo parameter) => !(Cmdlet.CommonParameters.Contains(parameter.Name) || Cmdlet.OptionalCommonParameters.Contains(parameter.Name) || Paging.Contains(parameter.Name));
}

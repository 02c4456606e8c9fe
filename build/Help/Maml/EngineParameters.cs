namespace CogCommit.Help.Maml;

/// <summary>What is said of the parameters that PowerShell itself gives a cmdlet; a page says nothing of them.</summary>
internal static class EngineParameters
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["WhatIf"] = "Shows what the command would do, and does not do it.",
        ["Confirm"] = "Asks before each thing that the command does.",
        ["First"] = "Gives at most this many.",
        ["Skip"] = "Leaves this many out at the beginning.",
        ["IncludeTotalCount"] = "Says first how many there are in all, whatever -First and -Skip leave of them.",
    };

    internal static string? Of(string parameter) => Texts.GetValueOrDefault(parameter);
}

using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>A prompt that no cloud takes: a row over 4 MB stays here, marked.</summary>
internal static class TooLarge
{
    public static Transcript Transcript => new Transcript("quarry", start: "2026-02-14T08:00:00Z")
        .Prompt(string.Concat(Enumerable.Repeat("stone ", 5 * 1024 * 1024 / 6)))
        .Answer("That is a lot.");
}

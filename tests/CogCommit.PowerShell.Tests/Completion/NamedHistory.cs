using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Completion;

/// <summary>A history whose names hold what PowerShell and its wildcards give a meaning to.</summary>
public sealed class NamedHistory : BareEngine
{
    public NamedHistory()
    {
        new Transcript("lighthouse", "main", "2026-02-11T20:00:00Z")
            .Prompt("Add a retry to the upload").Edit("/home/ann/lighthouse/src/upload.ts").GitCommit("aaaa1111bbbb", "Retry uploads")
            .Prompt("Now make the lamp blink").Answer("I look.", "Read", new { file_path = "/home/ann/lighthouse/src/my lamp.ts" }, "source")
            .Write(Folder);
        new Transcript("ann's boat", "feature/crane", "2026-02-13T08:00:00Z").Prompt("Where is the boat?").Answer("There.", "Grep", new { pattern = "boat" }, "x").Write(Folder);
        new Transcript("list[1] of 2", "fix/$cash", "2026-02-14T08:00:00Z").Prompt("What is first?").Answer("This.").Write(Folder);
        new Transcript("42", "main", "2026-02-15T08:00:00Z").Prompt("What is the answer?").Answer("42").Write(Folder);
        Run("Import-CogCommit $args[0]", Path.Combine(Folder, "projects")).Fine();
        Ids = [.. Run("Get-CogCommit").Fine().All<string>("Id")];
    }

    /// <summary>Newest first: answer, first, boat, blink, retry.</summary>
    internal IReadOnlyList<string> Ids { get; }
}

namespace CogCommit.PowerShell.Tests.Samples;

/// <summary>A small history: three commits of the project lighthouse, one of harbour, and what is known about them.</summary>
internal static class History
{
    public const string FirstHash = "aaaa1111bbbb";
    public const string SecondHash = "cccc2222dddd";

    /// <summary>Writes the transcripts, gives the folder to import.</summary>
    public static string Write(string folder)
    {
        new Transcript("lighthouse", "main", "2026-02-11T20:00:00Z")
            .Prompt("Add a retry to the upload")
            .Edit("/home/ann/lighthouse/src/upload.ts")
            .GitCommit(FirstHash, "Retry uploads")
            .Prompt("Now make the lamp blink")
            .Answer("I look at the lamp.", "Read", new { file_path = "/home/ann/lighthouse/src/lamp.ts" }, "the lamp's source")
            .GitCommit(SecondHash, "Blink")
            .Prompt("Thank you. What is left?")
            .Answer("Nothing is left.")
            .Write(folder);
        new Transcript("harbour", "feature/crane", "2026-02-13T08:00:00Z")
            .Prompt("Where does the crane lose its retry counter?")
            .Answer("In reset().")
            .Write(folder);
        return Path.Combine(folder, "projects");
    }
}

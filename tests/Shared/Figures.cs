using System.Globalization;

namespace CogCommit.Testing;

/// <summary>
/// What a test shows beyond pass or fail: how many seeds it ran, how many kills it survived. The task that ran it prints them;
/// docs/guarantees.md quotes them.
/// </summary>
internal static class Figures
{
    // Each suite has a file of its own, but the tests of one run at once.
    private static readonly Lock Writing = new();

    /// <summary>Adds a line to the file that COGCOMMIT_FIGURES names; where it names none, nobody wants them.</summary>
    public static void Record(string what, long amount)
    {
        if (Environment.GetEnvironmentVariable("COGCOMMIT_FIGURES") is not { Length: > 0 } path)
        {
            return;
        }

        lock (Writing)
        {
            File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{amount}\t{what}\n"));
        }
    }

    /// <summary>How many of something to do: what the task `soak` asks for, else what is usual in `test`.</summary>
    /// <param name="variable">Such as COGCOMMIT_SEEDS.</param>
    /// <param name="usual">Where the variable is not set.</param>
    public static int Wanted(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}

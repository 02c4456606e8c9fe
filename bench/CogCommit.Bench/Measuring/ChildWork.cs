using System.Diagnostics;
using System.Text.Json;

namespace CogCommit.Bench.Measuring;

/// <summary>What a piece of work in a child process says of itself: any figures by name, and the process's peak of memory.</summary>
internal sealed record ChildFigures(Dictionary<string, double> Figures, long PeakMemory)
{
    public double this[string name] => Figures[name];
}

/// <summary>Pieces of work in processes of their own: there the peak of memory is that of the work, and nothing is warm.</summary>
internal static class ChildWork
{
    /// <summary>Runs a piece in a child and waits for it.</summary>
    public static ChildFigures Start(string piece, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] itself = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ChildWork).Assembly.Location] : [];
        foreach (var argument in (string[])[.. itself, "child", piece, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? JsonSerializer.Deserialize<ChildFigures>(said)!
            : throw new InvalidOperationException($"The child for '{piece}' ended with {child.ExitCode}.");
    }

    /// <summary>The child's side.</summary>
    public static int Run(Func<IReadOnlyList<string>, Dictionary<string, double>> piece, IReadOnlyList<string> arguments)
    {
        var figures = piece(arguments);
        Console.Out.WriteLine(JsonSerializer.Serialize(new ChildFigures(figures, ProcessFigures.PeakMemory())));
        return 0;
    }
}

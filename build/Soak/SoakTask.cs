using System.Globalization;
using CogCommit.Build.Testing;

namespace CogCommit.Build.Soak;

/// <summary>Runs what `test` runs a little of for as long as asked.</summary>
internal sealed class SoakTask(Children children)
{
    public int Run() => Run([.. SoakRun.All]);

    public int Run(string name) => Run([Named(name)]);

    public int Run(string name, string amount) =>
        int.TryParse(amount, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var wanted) && wanted > 0
            ? Run([Named(name) with { Amount = wanted }])
            : throw new BuildException($"'{amount}' is no amount: a whole number from 1.");

    private static SoakRun Named(string name) =>
        SoakRun.All.FirstOrDefault(run => run.Name == name)
        ?? throw new BuildException($"There is no soak run '{name}'. There are: {string.Join(", ", SoakRun.All.Select(run => run.Name))}.");

    private int Run(IReadOnlyList<SoakRun> runs)
    {
        new PostgresPrograms(children).Ensure();
        new Solution(children).Build();
        RamDisk.Use(children);
        var results = new SuiteResults(Repository.PathOf("out", "soak"));
        foreach (var run in runs)
        {
            results.Add(run.Name, new XunitSuite(children, run.Suite, results.Folder)
            {
                Title = $"{run.Name} {run.Amount.ToString("N0", CultureInfo.InvariantCulture)}",
                Trait = ("Soak", run.Name),
                Environment = new Dictionary<string, string?> { [run.Variable] = run.Amount.ToString(CultureInfo.InvariantCulture), [SuiteResults.FiguresVariable] = results.FiguresFile(run.Name) },
            }.Run);
        }

        return results.Report();
    }
}

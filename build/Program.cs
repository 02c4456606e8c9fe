using CogCommit.Build;
using CogCommit.Build.Bench;
using CogCommit.Build.Demo;
using CogCommit.Build.Pack;
using CogCommit.Build.Soak;
using CogCommit.Build.Testing;

// Children die with this process, however it ends: Ctrl+C, SIGTERM or an exception.
using var children = new Children();

try
{
    return args switch
    {
        ["demo"] => new DemoTask(children).Run(null),
        ["demo", "--path", var path] => new DemoTask(children).Run(path),
        // How the tests run it.
        ["demo", "--try"] => new DemoTask(children).Try(),
        ["bench", .. var what] => new BenchTask(children).Run(what),
        ["pack"] => new PackTask(children).Run(),
        ["test"] => new TestTask(children).Run(),
        ["soak"] => new SoakTask(children).Run(),
        ["soak", var name] => new SoakTask(children).Run(name),
        ["soak", var name, var amount] => new SoakTask(children).Run(name, amount),
        _ => Usage(),
    };
}
catch (BuildException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}

static int Usage()
{
    Console.Error.WriteLine($"""
        dotnet run --project build -- <task>

          demo [--path <folder>]   two machines and a cloud between them, on this machine, with your own sessions or samples
          bench [<case> ...]       how fast, small and flat it is, beside the limits; --size <size>, --rounds <n>
          pack                     the module as users have it, and its package for a gallery, in out/
          test                     build everything and run all tests
          soak [<run> [<amount>]]  what the tests do a little of, for long: {string.Join(", ", SoakRun.All.Select(run => run.Name))}
        """);
    return 2;
}

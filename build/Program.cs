using CogCommit.Build;
using CogCommit.Build.Demo;
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
        ["test"] => new TestTask(children).Run(),
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
    Console.Error.WriteLine("""
        dotnet run --project build -- <task>

          demo [--path <folder>]   two machines and a cloud between them, on this machine, with your own sessions or samples
          test                     build everything and run all tests
        """);
    return 2;
}

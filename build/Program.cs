using CogCommit.Build;

// Children die with this process, however it ends: Ctrl+C, SIGTERM or an exception.
using var children = new Children();

try
{
    return args switch
    {
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

          test    build everything and run all tests
        """);
    return 2;
}

using CogCommit.Bench;
using CogCommit.Bench.Cases;
using CogCommit.Bench.Measuring;

// A child of a run: one piece of work in a process of its own, so that its memory is its own.
if (args is ["child", var piece, .. var rest])
{
    return ChildWork.Run(BenchCases.Piece(piece), rest);
}

if (BenchArguments.Parse(args, out var problem) is not { } asked)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine($"bench [<case> ...] [--size <size>] [--rounds <n>]    cases: {string.Join(", ", BenchCases.All.Select(one => one.Name))}");
    return 2;
}

using var bench = new BenchRun(asked.Rounds);
var table = new ResultTable();
foreach (var (one, size) in asked.Chosen)
{
    Console.Error.WriteLine($"{one.Name} {size} ...");
    foreach (var result in one.Run(bench, size))
    {
        table.Add(result);
        Console.Error.WriteLine(ResultTable.Line(result));
    }
}

Console.WriteLine(table.ToMarkdown());
return 0;

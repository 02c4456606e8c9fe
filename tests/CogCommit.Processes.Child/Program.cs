using System.Globalization;
using CogCommit.Core;
using CogCommit.Processes.Child;

// <work> <the line at which to stand still, 0: never> <what the work needs>
if (args.Length < 2 || Work.Named(args[0]) is not { } work)
{
    Console.Error.WriteLine("usage: CogCommit.Processes.Child <work> <line> [...]");
    return 2;
}

var said = new Said(Console.OpenStandardOutput(), int.Parse(args[1], CultureInfo.InvariantCulture));
try
{
    await work(new WorkPlace(said, args[2..]));
    return 0;
}
catch (CogCommitException error)
{
    // What a user would read. Anything else ends the process the loud way.
    said.Failed(error);
    return 3;
}

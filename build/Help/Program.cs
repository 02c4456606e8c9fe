using CogCommit.Help;
using CogCommit.Help.Commands;

if (args is not [var module, var cmdlets, var maml, var about, var topics])
{
    Console.Error.WriteLine("CogCommit.Help <the module's assembly> <folder of cmdlets' pages> <help file> <folder of about pages> <folder of topics>");
    return 2;
}
try
{
    HelpBuild.WriteMaml(ModuleCommands.Read(module), cmdlets, maml);
    HelpBuild.WriteTopics(about, topics);
    return 0;
}
catch (HelpException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

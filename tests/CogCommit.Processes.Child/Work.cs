using CogCommit.Processes.Child.Works;

namespace CogCommit.Processes.Child;

/// <summary>What this process can be told to do.</summary>
internal static class Work
{
    public static Func<WorkPlace, Task>? Named(string name) => name switch
    {
        "import" => ImportWork.RunAsync,
        "open" => OpenWork.RunAsync,
        "push" => PushWork.RunAsync,
        "pull" => PullWork.RunAsync,
        "export" => ExportWork.RunAsync,
        _ => null,
    };
}

using CogCommit.Processes.Child.Works;

namespace CogCommit.Processes.Child;

/// <summary>What this process can be told to do.</summary>
internal static class Work
{
    public static Func<WorkPlace, Task>? Named(string name) => name switch
    {
        "open" => OpenWork.RunAsync,
        "import" => ImportWork.RunAsync,
        "take" => TakeWork.RunAsync,
        "push" => PushWork.RunAsync,
        "pull" => PullWork.RunAsync,
        "ask" => AskWork.RunAsync,
        "sync" => SyncWork.RunAsync,
        "export" => ExportWork.RunAsync,
        "read" => ReadWork.RunAsync,
        "shell" => ShellWork.RunAsync,
        "sign-in" => SignInWork.RunAsync,
        "keep" => KeepWork.RunAsync,
        "set" => SetWork.RunAsync,
        "watch" => WatchWork.RunAsync,
        _ => null,
    };
}

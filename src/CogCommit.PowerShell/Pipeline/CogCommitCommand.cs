using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Capture.Project;
using CogCommit.Core.Store;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>What all cmdlets of CogCommit share: the store they work on, how they stop, and how errors are told.</summary>
public abstract class CogCommitCommand : PSCmdlet, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _stopping = new();
    private CogCommitHome? _home;
    private StoreFile? _store;
    private StepProgress? _progress;
    private int _thread;

    private protected static TimeProvider Clock => TimeProvider.System;

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    private protected CancellationToken StopToken => _stopping.Token;

    private protected CogCommitHome Home => _home ??= CogCommitHome.FromEnvironment();

    /// <summary>The store; created where there is none.</summary>
    private protected StoreFile Store => _store ??= Open(StoreFile.Open)!;

    /// <summary>
    /// The store, or null where there is none: to look at nothing creates nothing. With -WhatIf one of the original command line is not upgraded
    /// either.
    /// </summary>
    private protected StoreFile? ExistingStore => _store ??= Open(IsWhatIf ? (home, _, _) => StoreFile.OpenAsItIs(home) : StoreFile.OpenExisting);

    /// <summary>The target of an error that ends the cmdlet: the input it is about.</summary>
    private protected object? Target { get; set; }

    /// <summary>The file system's current location; another provider's is of no use to git and to projects.</summary>
    private protected string CurrentFolder => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>Names of projects as they were given; <c>.</c> is the project of the current location.</summary>
    private protected IReadOnlyList<string> Projects(string[]? names, bool escape = true) => [.. (names ?? []).Select(name =>
        name != "." ? name : escape ? WildcardPattern.Escape(ProjectOfLocation()) : ProjectOfLocation())];

    private string ProjectOfLocation() => FolderProject.NameOf(CurrentFolder) ?? throw new CogCommitException(
        "NoProjectHere", $"No project lies in {CurrentFolder}. Go to a folder of it, or name it.", ErrorKind.NotFound);

    /// <summary>The files that a path of the session means, wildcards resolved.</summary>
    private protected IReadOnlyList<string> FileSystemPaths(string path)
    {
        try
        {
            var files = GetResolvedProviderPathFromPSPath(path, out var provider);
            return provider.Name == "FileSystem" ? files : throw NotAFile(path, provider);
        }
        catch (SessionStateException absent)
        {
            // No such item, drive or provider.
            throw new CogCommitException("PathNotFound", $"There is no file or folder '{path}'.", ErrorKind.NotFound, absent);
        }
    }

    /// <summary>The file that a path of the session means, wildcards taken as they are.</summary>
    private protected string FileSystemPath(string path)
    {
        try
        {
            var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? file : throw NotAFile(path, provider);
        }
        catch (SessionStateException absent)
        {
            throw new CogCommitException("PathNotFound", $"There is no drive or provider for '{path}'.", ErrorKind.NotFound, absent);
        }
    }

    /// <summary>As that, of a file or folder that is there.</summary>
    private protected string ExistingPath(string path)
    {
        var file = FileSystemPath(path);
        return System.IO.Path.Exists(file) ? file : throw new CogCommitException("PathNotFound", $"There is no file or folder '{path}'.", ErrorKind.NotFound);
    }

    private static CogCommitException NotAFile(string path, ProviderInfo provider) => new(
        "NotAFile", $"'{path}' lies in the provider {provider.Name}, not in the file system.", ErrorKind.InvalidArgument);

    /// <summary>Progress of work that this thread does itself, step by step. Its bar goes when the cmdlet ends, at the latest.</summary>
    private protected StepProgress NewProgress() => _progress = new(WriteProgress, Clock);

    /// <summary>Opens the store, and shows how far its upgrade is where one is needed.</summary>
    private StoreFile? Open(Func<CogCommitHome, TimeProvider?, IProgress<UpgradeProgress>?, StoreFile?> open)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            return open(Home, null, null);
        }

        using var progress = new StepProgress(WriteProgress, Clock);
        return open(Home, null, new Pipeline.Told<UpgradeProgress>(step =>
        {
            WriteVerbose($"Upgrading the store of the original cogcommit, step {step.Step} of {step.Steps}: {step.Name}.");
            progress.Show(new ProgressStep("Upgrading the store", $"step {step.Step} of {step.Steps}: {step.Name}", step.Step - 1, step.Steps));
        }));
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        _thread = Environment.CurrentManagedThreadId;
        Told(() =>
        {
            WriteDebug($"{MyInvocation.MyCommand.Name} of CogCommit {typeof(CogCommitCommand).Assembly.GetName().Version?.ToString(3)}, home {Home.Root}.");
            Begin();
        });
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Told(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Told(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    private protected virtual void Begin()
    {
    }

    private protected virtual void Process()
    {
    }

    private protected virtual void End()
    {
    }

    /// <summary>Runs work on other threads; what it posts to the pump is written from this one.</summary>
    private protected T Run<T>(Func<Pump, CancellationToken, Task<T>> work)
    {
        var pump = new Pump(StopToken);
        T? result = default;
        pump.Run(async cancel => result = await work(pump, cancel).ConfigureAwait(false));
        return result!;
    }

    /// <summary>As the other, with a bar that says what is done where nobody knows how far it is.</summary>
    private protected T Run<T>(string activity, Func<Pump, CancellationToken, Task<T>> work) => Run<T, string>(
        async (progress, pump, cancel) =>
        {
            using var tick = Clock.CreateTimer(_ => progress.Report(activity), null, Tick, Tick);
            return await work(pump, cancel).ConfigureAwait(false);
        },
        said => new ProgressStep(said, "", 0, 0));

    /// <summary>
    /// As the engine's, but no question: with -Debug the engine asks before each line whether to go on, and where nobody answers it ends
    /// the command in the middle. What nobody asked to see is then told as debug text.
    /// </summary>
    internal new void WriteVerbose(string text)
    {
        if (AsksBefore("Verbose", "VerbosePreference", ActionPreference.SilentlyContinue))
        {
            WriteDebug(text);
        }
        else
        {
            base.WriteVerbose(text);
        }
    }

    /// <summary>As <see cref="WriteVerbose"/>. Shown on the host, since a warning is for whoever sits there.</summary>
    internal new void WriteWarning(string text)
    {
        if (AsksBefore("WarningAction", "WarningPreference", ActionPreference.Continue))
        {
            WriteInformation(new HostInformationMessage { Message = $"WARNING: {text}" }, ["PSHOST"]);
        }
        else
        {
            base.WriteWarning(text);
        }
    }

    private bool AsksBefore(string parameter, string preference, ActionPreference usual) =>
        MyInvocation.BoundParameters.TryGetValue("Debug", out var debug) && LanguagePrimitives.IsTrue(debug)
        && !MyInvocation.BoundParameters.ContainsKey(parameter)
        && (GetVariableValue(preference) is not { } chosen || LanguagePrimitives.Equals(chosen, usual));

    /// <summary>What the core says while it works, for the verbose and debug streams.</summary>
    private protected IReport NewReport(Pump pump) => new Report(pump, WriteVerbose, WriteDebug);

    /// <summary>As the other, with a progress bar for what the work reports.</summary>
    private protected TResult Run<TResult, TProgress>(
        Func<IProgress<TProgress>, Pump, CancellationToken, Task<TResult>> work,
        Func<TProgress, ProgressStep> describe)
    {
        var pump = new Pump(StopToken);
        var progress = new PipelineProgress<TProgress>(pump, WriteProgress, Clock, describe);
        TResult? result = default;
        try
        {
            pump.Run(async cancel => result = await work(progress, pump, cancel).ConfigureAwait(false));
        }
        finally
        {
            progress.Complete();
        }
        return result!;
    }

    /// <summary>Does something for one of several inputs: an error about it leaves the others alone.</summary>
    private protected void ForOne(object target, Action work)
    {
        StopToken.ThrowIfCancellationRequested();
        try
        {
            work();
        }
        catch (CogCommitException error)
        {
            WriteError(ErrorRecords.Of(error, target));
        }
    }

    /// <summary>ShouldProcess, but for the question: -Force answers it, unless -Confirm was given too. What -WhatIf shows is shown all the same.</summary>
    private protected bool Agreed(SwitchParameter force, string target, string action)
    {
        if (!force || MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf)
        {
            return ShouldProcess(target, action);
        }

        WriteVerbose($"{action}: {target}");
        return true;
    }

    /// <summary>Nothing is to be created or changed anywhere. On the pipeline thread.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _store?.Dispose();
            _stopping.Dispose();
        }
    }

    private void Told(Action step)
    {
        try
        {
            step();
        }
        catch (CogCommitException error)
        {
            _progress?.Dispose();
            ThrowTerminatingError(ErrorRecords.Of(error, Target));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}

using System.Globalization;
using System.Management.Automation.Host;

namespace CogCommit.Build.Demo;

/// <summary>The engine's view of our console.</summary>
internal sealed class DemoHost(Visitor visitor) : PSHost
{
    public override string Name => "CogCommit demo";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI { get; } = new DemoScreen(visitor);

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void EnterNestedPrompt() => throw new NotSupportedException("The demo has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("The demo has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}

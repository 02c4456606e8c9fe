using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace CogCommit.PowerShell.Tests.Unattended;

/// <summary>A host before which nobody sits: as pwsh -NonInteractive it throws whenever somebody is to be asked, and it writes down what for.</summary>
internal sealed class DeafHost : PSHost
{
    private readonly Silence _silence = new();

    /// <summary>The questions that were about to be asked.</summary>
    public IReadOnlyList<string> Asked => _silence.Asked;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Deaf";

    public override Version Version => new(1, 0);

    public override PSHostUserInterface UI => _silence;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class Silence : PSHostUserInterface
    {
        public List<string> Asked { get; } = [];

        public override PSHostRawUserInterface? RawUI => null;

        public override void Write(string value)
        {
        }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
        {
        }

        public override void WriteLine(string value)
        {
        }

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteErrorLine(string value)
        {
        }

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteWarningLine(string message)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Refuse(message);

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
            // To offer nothing is to ask nobody: it is how one learns whether asking is of any use.
            choices.Count == 0 ? throw new PSInvalidOperationException("Nobody is here.") : throw Refuse(caption + message);

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Refuse(message);

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Refuse(message);

        public override string ReadLine() => throw Refuse("a line");

        public override SecureString ReadLineAsSecureString() => throw Refuse("a secret line");

        private PSInvalidOperationException Refuse(string question)
        {
            Asked.Add(question);
            return new PSInvalidOperationException("PowerShell is in NonInteractive mode.");
        }
    }
}

using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text.RegularExpressions;

namespace CogCommit.Build.Demo;

/// <summary>
/// What the cmdlets show goes to the console, and to the visitor who signs in. There is nobody to ask: whoever asks gets an error.
/// </summary>
internal sealed partial class DemoScreen(Visitor visitor) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new DemoWindow();

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected;

    public override void Write(string value)
    {
        var plain = Colour().Replace(value, "");
        Console.Write(SupportsVirtualTerminal ? value : plain);
        visitor.Reads(plain);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override void WriteInformation(InformationRecord record) => visitor.Reads(record.MessageData?.ToString() ?? "");

    public override string ReadLine() => throw Nobody();

    public override SecureString ReadLineAsSecureString() => throw Nobody();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Nobody();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Nobody();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Nobody();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Nobody();

    // The engine leaves it to hosts to take these out where nobody can show them.
    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colour();

    private static HostException Nobody() => new("The demo runs by itself: nobody is there to answer.");
}

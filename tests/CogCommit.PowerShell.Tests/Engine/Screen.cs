using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>A host of some columns that keeps what it shows, and has a keyboard.</summary>
internal sealed partial class Screen(int columns = 120) : PSHost
{
    private readonly Terminal _terminal = new(columns);

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Screen";

    public override Version Version => new(1, 0);

    public override PSHostUserInterface UI => _terminal;

    /// <summary>As it was shown, colours and all.</summary>
    public string Shown => _terminal.Shown.ToString();

    /// <summary>Whether it shows colours, as terminals do.</summary>
    public bool ShowsColours
    {
        init => _terminal.Colours = value;
    }

    /// <summary>Of the screen, in columns.</summary>
    public int Width
    {
        init
        {
            _terminal.Input.BufferSize = new Size(value, 500);
            _terminal.Input.WindowSize = new Size(value, 50);
        }
    }

    /// <summary>What was shown, line by line, without colours.</summary>
    public IReadOnlyList<string> Lines => Colour().Replace(_terminal.Shown.ToString(), "").ReplaceLineEndings("\n").Split('\n');

    /// <summary>Called with each text that is shown.</summary>
    public Action<string>? OnShown
    {
        set => _terminal.OnShown = value;
    }

    public void Type(string text)
    {
        foreach (var key in text)
        {
            _terminal.Input.Keys.Enqueue(key);
        }
    }

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

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colour();

    private sealed class Terminal(int columns) : PSHostUserInterface
    {
        public StringBuilder Shown { get; } = new();

        public Action<string>? OnShown { get; set; }

        public Keyboard Input { get; } = new(columns);

        public override PSHostRawUserInterface RawUI => Input;

        public bool Colours { get; set; }

        public override bool SupportsVirtualTerminal => Colours;

        public override void Write(string value)
        {
            Shown.Append(value);
            OnShown?.Invoke(value);
        }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value + "\n");

        public override void WriteDebugLine(string message) => WriteLine(message);

        public override void WriteErrorLine(string value) => WriteLine(value);

        public override void WriteVerboseLine(string message) => WriteLine(message);

        public override void WriteWarningLine(string message) => WriteLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();
    }

    private sealed class Keyboard(int columns) : PSHostRawUserInterface
    {
        public ConcurrentQueue<char> Keys { get; } = new();

        public override ConsoleColor BackgroundColor { get; set; }

        public override Size BufferSize { get; set; } = new(columns, 500);

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

        public override bool KeyAvailable => !Keys.IsEmpty;

        public override Size MaxPhysicalWindowSize => new(columns, 50);

        public override Size MaxWindowSize => new(columns, 50);

        public override Coordinates WindowPosition { get; set; }

        public override Size WindowSize { get; set; } = new(columns, 50);

        public override string WindowTitle { get; set; } = "";

        public override void FlushInputBuffer() => Keys.Clear();

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];

        public override KeyInfo ReadKey(ReadKeyOptions options) => Keys.TryDequeue(out var key) ? new KeyInfo(0, key, 0, true) : throw new InvalidOperationException("No key waits.");

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
        {
        }

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
        {
        }

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
        {
        }
    }
}

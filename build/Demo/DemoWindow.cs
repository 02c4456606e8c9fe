using System.Management.Automation.Host;

namespace CogCommit.Build.Demo;

/// <summary>How wide the output may be; the rest of a window no command here needs.</summary>
internal sealed class DemoWindow : PSHostRawUserInterface
{
    private const int Narrowest = 100;
    private const int Widest = 140;

    public override Size BufferSize
    {
        get => new(Width(), 3000);
        set { }
    }

    public override Size WindowSize
    {
        get => new(Width(), 50);
        set { }
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override string WindowTitle { get; set; } = "CogCommit";

    // As of a console whose input is a file: nobody can paste the address after signing in.
    public override bool KeyAvailable => throw new InvalidOperationException("The demo reads no keys.");

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("The demo reads no keys.");

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException("The demo keeps no screen.");

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }

    private static int Width()
    {
        var width = Console.IsOutputRedirected ? 120 : Console.WindowWidth - 1;
        return Math.Clamp(width, Narrowest, Widest);
    }
}

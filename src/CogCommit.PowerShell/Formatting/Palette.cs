using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CogCommit.PowerShell.Formatting;

/// <summary>The escapes of <c>$PSStyle</c>; where the output can show none, texts stay as they are.</summary>
internal sealed partial class Palette
{
    public static readonly Palette Plain = new(null);

    private readonly PSObject? _style;

    /// <param name="style"><c>$PSStyle</c>, or null for no colours.</param>
    public Palette(object? style)
    {
        _style = style is null ? null : PSObject.AsPSObject(style);
    }

    public bool Coloured => _style is not null;

    public string Red(string text) => Foreground("Red", text);

    public string Green(string text) => Foreground("Green", text);

    public string Yellow(string text) => Foreground("Yellow", text);

    public string Magenta(string text) => Foreground("Magenta", text);

    public string Cyan(string text) => Foreground("Cyan", text);

    public string Dim(string text) => Between(Escape(_style, "Dim"), text, Escape(_style, "DimOff"));

    public string Bold(string text) => Between(Escape(_style, "Bold"), text, Escape(_style, "BoldOff"));

    /// <summary>As PowerShell's own lists show their labels.</summary>
    public string Accent(string text) =>
        _style?.Properties["Formatting"]?.Value is { } formatting ? Between(Escape(PSObject.AsPSObject(formatting), "FormatAccent"), text, Escape(_style, "Reset")) : text;

    /// <summary>The text without the escapes that stand in it, to measure it.</summary>
    public static string Without(string text) => Escapes().Replace(text, "");

    /// <summary>As Select-String marks what it found.</summary>
    public string Reverse(string text) => Between(Escape(_style, "Reverse"), text, Escape(_style, "ReverseOff"));

    private static string Between(string start, string text, string end) => text.Length == 0 ? text : start + text + end;

    private static string Escape(PSObject? holder, string name) => holder?.Properties[name]?.Value as string ?? "";

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Escapes();

    private string Foreground(string colour, string text) =>
        _style?.Properties["Foreground"]?.Value is { } colours ? Between(Escape(PSObject.AsPSObject(colours), colour), text, Escape(_style, "Reset")) : text;
}

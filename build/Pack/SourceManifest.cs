using System.Collections;
using System.Management.Automation.Language;
using System.Text;

namespace CogCommit.Build.Pack;

/// <summary>The manifest at the root of the project, which names what lies in bin/module, and what becomes of it in a package.</summary>
internal sealed class SourceManifest
{
    public const string FileName = "CogCommit.psd1";

    private const string BuiltModule = "bin/module/";

    private readonly HashtableAst _tree;
    private readonly Hashtable _values;

    private SourceManifest(HashtableAst tree)
    {
        _tree = tree;
        _values = (Hashtable)tree.SafeGetValue();
    }

    public string Version => Text("ModuleVersion");

    public IReadOnlyList<string> Cmdlets => Texts(_values, "CmdletsToExport");

    public IReadOnlyList<string> Functions => Texts(_values, "FunctionsToExport");

    public IReadOnlyList<string> Tags => Texts(GalleryData, "Tags");

    private Hashtable GalleryData => (Hashtable)((Hashtable)_values["PrivateData"]!)["PSData"]!;

    public static SourceManifest Read(string path)
    {
        var script = Parser.ParseFile(path, out _, out var errors);
        if (errors.Length > 0 || script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false) is not HashtableAst tree)
        {
            throw new BuildException($"{path} is no manifest: {(errors.Length > 0 ? errors[0].Message : "it holds no hashtable")}");
        }

        return new SourceManifest(tree);
    }

    public string Text(string key) => (string)_values[key]!;

    /// <summary>As it lies in the package: beside the files that it names, with the notes of its release.</summary>
    public string Packed(string releaseNotes)
    {
        var changes = _tree.FindAll(node => node is StringConstantExpressionAst { Value: var text } && text.StartsWith(BuiltModule, StringComparison.Ordinal), true)
            .Cast<StringConstantExpressionAst>()
            .Select(text => (Start: text.Extent.StartOffset, End: text.Extent.EndOffset, New: Quoted(text.Value[BuiltModule.Length..])))
            .Append(AfterTags(releaseNotes))
            .OrderByDescending(change => change.Start);

        var packed = new StringBuilder(_tree.Extent.StartScriptPosition.GetFullScript());
        foreach (var (start, end, text) in changes)
        {
            packed.Remove(start, end - start).Insert(start, text);
        }

        return packed.ToString().ReplaceLineEndings("\n");
    }

    private (int Start, int End, string New) AfterTags(string releaseNotes)
    {
        var tags = _tree.FindAll(node => node is HashtableAst, true).Cast<HashtableAst>()
            .SelectMany(table => table.KeyValuePairs)
            .Single(pair => pair.Item1 is StringConstantExpressionAst { Value: "Tags" });
        var end = tags.Item2.Extent.EndOffset;
        return (end, end, $"\n            ReleaseNotes = {Quoted(releaseNotes)}");
    }

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static string[] Texts(Hashtable table, string key) => [.. ((object[])table[key]!).Cast<string>()];
}

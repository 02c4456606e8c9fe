using System.Management.Automation;
using CogCommit.Core.Config;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes the values of the setting that -Key names: its words, $true and $false, projects, or what it is now.</summary>
internal sealed class ConfigValueCompleter : ArgumentCompletion
{
    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request)
    {
        var key = request.Texts("Key").FirstOrDefault() ?? "";
        if (Settings.HoldsProjects(key))
        {
            return Projects(request.Word);
        }
        var choices = Settings.Choices(key);
        var values = choices.Count > 0 ? choices : Settings.Keys.Any(known => known.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) ? Now(key) : [];
        return values.Select(Text).Where(text => request.Word.Matches(text, wildcards: false) || request.Word.Matches(text.TrimStart('$'), wildcards: false))
            .Select(text => new Suggestion(text, text, $"{key} {text}"));
    }

    protected override string Written(string value, TypedWord word) => value is "$true" or "$false" && word.Quote is null ? value : word.Write(value);

    private static IEnumerable<object> Now(string key) =>
        Settings.Load(CogCommitHome.FromEnvironment()).Entry(key).Value is { } value ? [value] : [];

    private static IEnumerable<Suggestion> Projects(TypedWord word)
    {
        using var store = Completions.Open(CogCommitHome.FromEnvironment(), TimeSpan.FromSeconds(2));
        foreach (var project in store is null ? [] : store.Projects().Where(project => word.Matches(project.Value, wildcards: true)))
        {
            // Patterns are kept there: a name that has their characters means itself.
            yield return project with { Value = WildcardPattern.Escape(project.Value) };
        }
    }

    private static string Text(object value) => value switch
    {
        true => "$true",
        false => "$false",
        _ => value.ToString()!,
    };
}

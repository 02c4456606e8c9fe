using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CogCommit.Help.Commands;

/// <summary>Asks the engine what cmdlets a module has, and what they take: the engine fills in nothing of that where there is a help file.</summary>
public static class ModuleCommands
{
    /// <param name="module">The module's assembly.</param>
    public static IReadOnlyList<Command> Read(string module)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        var commands = shell
            .AddScript("$ErrorActionPreference = 'Stop'; (Import-Module $args[0] -PassThru).ExportedCmdlets.Values")
            .AddArgument(Path.GetFullPath(module))
            .Invoke<CmdletInfo>();
        return [.. commands.OrderBy(command => command.Name, StringComparer.Ordinal).Select(CommandOf)];
    }

    private static Command CommandOf(CmdletInfo command)
    {
        using var cmdlet = Activator.CreateInstance(command.ImplementingType) as IDisposable;
        return new Command(
            command.Name,
            command.Verb,
            command.Noun,
            [.. command.ParameterSets.OrderByDescending(set => set.IsDefault).Select(set => set.Parameters
                .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
                .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
                .ThenByDescending(parameter => parameter.IsMandatory)
                .Select(parameter => ParameterOf(parameter, cmdlet)).ToList())]);
    }

    private static Parameter ParameterOf(CommandParameterInfo parameter, object? cmdlet) => new(
        parameter.Name,
        parameter.ParameterType == typeof(SwitchParameter) ? "" : TypeName(parameter.ParameterType),
        parameter.IsMandatory,
        parameter.Position < 0 ? null : parameter.Position,
        parameter.ValueFromPipeline,
        parameter.ValueFromPipelineByPropertyName,
        parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
        parameter.Aliases,
        parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues).ToList() is { Count: > 0 } values ? values
            : parameter.ParameterType.IsEnum ? Enum.GetNames(parameter.ParameterType) : [],
        DefaultOf(parameter, cmdlet));

    /// <summary>As the engine's own syntax has it: short names, nothing of Nullable.</summary>
    private static string TypeName(Type type) => LanguagePrimitives.ConvertTo<string>(Nullable.GetUnderlyingType(type) ?? type) is var name
        ? name[(name.LastIndexOf('.') + 1)..]
        : "";

    /// <summary>What a new cmdlet has in the property; what it brings itself or must be given has none.</summary>
    private static string DefaultOf(CommandParameterInfo parameter, object? cmdlet)
    {
        if (parameter.ParameterType == typeof(SwitchParameter))
        {
            return "False";
        }
        var value = parameter.IsMandatory ? null : cmdlet?.GetType().GetProperty(parameter.Name)?.GetValue(cmdlet);
        var text = value is IEnumerable several and not string ? string.Join(", ", several.Cast<object>()) : value?.ToString();
        return string.IsNullOrEmpty(text) ? "None" : text;
    }
}

using Mono.Cecil;

namespace CogCommit.Architecture.Tests;

/// <summary>What others can see of an assembly: its public types, and their public and protected members.</summary>
internal static class PublicApi
{
    public static IEnumerable<TypeDefinition> Types(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes().Where(type => type.IsPublic || type.IsNestedPublic).OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>One line per type and member, sorted.</summary>
    public static IEnumerable<string> Lines(AssemblyDefinition assembly)
    {
        foreach (var type in Types(assembly))
        {
            var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
            yield return $"{(type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{kind} {type.FullName} : {type.BaseType?.FullName}";
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
            {
                yield return "  " + member;
            }
        }
    }

    /// <summary>All types that the visible part of a type names.</summary>
    public static IEnumerable<TypeReference> Shown(TypeDefinition type) =>
        new[] { type.BaseType }.Concat(type.Interfaces.Select(one => one.InterfaceType))
            .Concat(type.Methods.Where(Visible).SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
            .Concat(type.Fields.Where(Visible).Select(field => field.FieldType))
            .Where(reference => reference is not null)
            .SelectMany(WithArguments);

    private static IEnumerable<string> Members(TypeDefinition type) =>
        type.Methods.Where(method => Visible(method) && !method.IsGetter && !method.IsSetter).Select(method => method.FullName)
            .Concat(type.Fields.Where(Visible).Select(field => field.FullName + (field.HasConstant ? $" = {field.Constant}" : "")))
            .Concat(type.Properties.Where(property => Visible(property.GetMethod) || Visible(property.SetMethod)).Select(property =>
                $"{property.FullName} {{ {(Visible(property.GetMethod) ? "get; " : "")}{(Visible(property.SetMethod) ? Setter(property.SetMethod) : "")}}}"));

    private static string Setter(MethodDefinition set) =>
        set.ReturnType is RequiredModifierType { ModifierType.Name: "IsExternalInit" } ? "init; " : "set; ";

    private static bool Visible(MethodDefinition? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool Visible(FieldDefinition field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static IEnumerable<TypeReference> WithArguments(TypeReference type) => type is GenericInstanceType generic
        ? generic.GenericArguments.SelectMany(WithArguments).Append(generic.ElementType)
        : [type.GetElementType()];
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.Core.Store;

namespace CogCommit.Core.Config;

/// <summary>The settings of one installation, config.json. Each is checked when it is read: a wrong one does not hide the others.</summary>
public sealed class Settings
{
    private readonly ConfigFile _file;
    private JsonObject _values;

    private Settings(ConfigFile file)
    {
        _file = file;
        _values = file.Read();
    }

    public string Storage => (string)Get(SettingKey.Storage)!;

    /// <summary>False where the history is to stay on this machine.</summary>
    public bool UsesCloud => Storage == "cloud";

    public bool ContinuousSync => (bool)Get(SettingKey.ContinuousSync)!;

    public TimeSpan SyncDebounce => Duration(SettingKey.SyncDebounce);

    public TimeSpan SyncMaxWait => Duration(SettingKey.SyncMaxWait);

    public TimeSpan PullInterval => Duration(SettingKey.PullInterval);

    public TimeSpan SessionIdle => Duration(SettingKey.SessionIdle);

    public IReadOnlyList<string> ExcludeProjects => (string[])Get(SettingKey.ExcludeProjects)!;

    public VisualCacheLimits VisualCache => VisualCacheValues.Limits((string)Get(SettingKey.VisualCacheTtl)!, (string)Get(SettingKey.VisualCacheSize)!);

    public Uri? SupabaseUrl => (Uri?)Get(SettingKey.SupabaseUrl);

    public string? SupabaseAnonKey => (string?)Get(SettingKey.SupabaseAnonKey);

    /// <summary>All settings, set or not, in a fixed order.</summary>
    public IReadOnlyList<ConfigEntry> Entries => [.. SettingKey.All.Select(Entry)];

    /// <summary>The names of all settings, with what each does.</summary>
    public static IEnumerable<(string Name, string Description)> Keys => SettingKey.All.Select(key => (key.Name, key.Description));

    /// <summary>All values that the setting takes, where these are few: texts, or true and false. Empty where they are not, or there is no such setting.</summary>
    public static IReadOnlyList<object> Choices(string key) =>
        SettingKey.All.FirstOrDefault(known => known.Name.Equals(key, StringComparison.OrdinalIgnoreCase))?.Choices ?? [];

    /// <summary>The setting holds names of projects.</summary>
    public static bool HoldsProjects(string key) => SettingKey.ExcludeProjects.Name.Equals(key, StringComparison.OrdinalIgnoreCase);

    /// <summary>The setting's name as it is written.</summary>
    /// <exception cref="CogCommitException">UnknownConfigKey.</exception>
    public static string Known(string key) => SettingKey.Named(key).Name;

    /// <exception cref="CogCommitException">ConfigDamaged: the file is no JSON object. It is left as it is.</exception>
    public static Settings Load(CogCommitHome home) => new(new ConfigFile(home.ConfigPath));

    /// <exception cref="CogCommitException">UnknownConfigKey, ConfigInvalidValue.</exception>
    public ConfigEntry Entry(string key) => Entry(SettingKey.Named(key));

    /// <summary>Sets a value and keeps everything else in the file; null goes back to the default.</summary>
    /// <exception cref="CogCommitException">UnknownConfigKey, InvalidConfigValue, ConfigDamaged, ConfigNotWritable. Nothing is changed then.</exception>
    public void Set(string key, object? value)
    {
        var setting = SettingKey.Named(key);
        var node = SettingKey.Write(value is null ? null : Read(setting, value, "InvalidConfigValue", ErrorKind.InvalidArgument));
        _values = _file.Update(values =>
        {
            if (node is null)
            {
                values.Remove(setting.Name);
            }
            else
            {
                values[setting.Name] = node;
            }
        });
    }

    /// <exception cref="CogCommitException">StorageIsLocal: the history is to stay on this machine.</exception>
    public void RequireCloud()
    {
        if (!UsesCloud)
        {
            throw new CogCommitException(
                "StorageIsLocal",
                "The setting storage is local: this machine's history stays here, and nothing was sent or brought. Set-CogCommitConfig storage cloud changes that.",
                ErrorKind.Conflict);
        }
    }

    private TimeSpan Duration(SettingKey key) => DurationText.Parse((string)Get(key)!);

    private ConfigEntry Entry(SettingKey key) => new() { Key = key.Name, Value = Listed(Get(key)), Default = Listed(key.Default), Description = key.Description };

    private static object? Listed(object? value) => value is string[] names ? new TextList(names) : value;

    private object? Get(SettingKey key) =>
        _values[key.Name] is { } node
            ? Read(key, Plain(node), "ConfigInvalidValue", ErrorKind.InvalidData)
            : key.Default;

    private object? Read(SettingKey key, object value, string errorId, ErrorKind kind)
    {
        try
        {
            return key.Read(value);
        }
        catch (FormatException wrong)
        {
            var (kept, given) = key.IsUnspoken ? ("no value for it", "What was given") : ($"'{value}'", $"'{value}'");
            var what = errorId == "ConfigInvalidValue"
                ? $"The setting {key.Name} in '{_file.Path}' is {kept}. {wrong.Message} Set it again with Set-CogCommitConfig {key.Name} <value>."
                : $"{given} is no value for {key.Name}. {wrong.Message} The setting is as it was.";
            throw new CogCommitException(errorId, what, kind, wrong);
        }
    }

    private static object Plain(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Array when node.AsArray().All(item => item?.GetValueKind() == JsonValueKind.String) =>
            node.AsArray().Select(item => item!.GetValue<string>()).ToArray(),
        _ => node,
    };
}

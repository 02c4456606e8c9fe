using System.Text;
using System.Text.Json.Nodes;
using CogCommit.Core.Config;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>config.json with damage in it: an error that names the file and the way out, or the settings; and never a setting lost.</summary>
[Trait("Soak", "lines")]
public sealed class SettingsFuzzTests
{
    private static readonly byte[] Whole = Encoding.UTF8.GetBytes("""
        {
          "storage": "cloud",
          "continuous-sync": true,
          "exclude-projects": ["secret-*", "größe"],
          "supabase-url": "https://example.supabase.co",
          "supabase-anon-key": "sb_publishable_1",
          "somebody-elses": { "deep": [1, 2.50, { "a": null }], "text": "\u00e9\n" }
        }
        """);

    [Fact]
    public void Damaged_settings_are_told_or_kept_and_setting_one_loses_no_other() =>
        FuzzSeeds.Run("settings files fuzzed", 1_000, 20, Round);

    private static int Round(Random chance, CancellationToken hang)
    {
        using var home = new TempHome();
        Directory.CreateDirectory(home.Home.Root);
        for (var i = 0; i < 100; i++)
        {
            hang.ThrowIfCancellationRequested();
            var mutant = chance.Next(2) == 0 ? JsonMutation.Of(chance, Whole, Whole) : ByteMutation.Of(chance, Whole, Whole);
            File.WriteAllBytes(home.Home.ConfigPath, mutant);
            Look(home, mutant);
        }

        return 100;
    }

    private static void Look(TempHome home, byte[] mutant)
    {
        Settings settings;
        try
        {
            settings = Settings.Load(home.Home);
        }
        catch (CogCommitException damage)
        {
            Assert.Equal("ConfigDamaged", damage.ErrorId);
            Assert.Contains(home.Home.ConfigPath, damage.Message, StringComparison.Ordinal);
            Assert.Contains("Mend it", damage.Message, StringComparison.Ordinal);
            Assert.Equal(mutant, File.ReadAllBytes(home.Home.ConfigPath));
            return;
        }

        Each(home, settings);
        var before = (JsonObject)JsonNode.Parse(Text(File.ReadAllBytes(home.Home.ConfigPath)))!;
        try
        {
            settings.Set("analytics-opt-in", true);
        }
        catch (CogCommitException refused)
        {
            Assert.Contains(home.Home.ConfigPath, refused.Message, StringComparison.Ordinal);
            Assert.Equal(mutant, File.ReadAllBytes(home.Home.ConfigPath));
            return;
        }

        var after = (JsonObject)JsonNode.Parse(File.ReadAllBytes(home.Home.ConfigPath))!;
        Assert.True((bool)after["analytics-opt-in"]!);
        foreach (var (name, value) in before.Where(pair => pair.Key != "analytics-opt-in"))
        {
            Assert.True(after.ContainsKey(name), name);
            Assert.Equal(value?.ToJsonString(), after[name]?.ToJsonString());
        }
    }

    /// <summary>A wrong value hides no other.</summary>
    private static void Each(TempHome home, Settings settings)
    {
        foreach (var (name, _) in Settings.Keys)
        {
            try
            {
                settings.Entry(name);
            }
            catch (CogCommitException wrong)
            {
                Assert.Equal("ConfigInvalidValue", wrong.ErrorId);
                Assert.Contains(home.Home.ConfigPath, wrong.Message, StringComparison.Ordinal);
                Assert.Contains($"Set-CogCommitConfig {name}", wrong.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Text(byte[] json) => json.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json[3..] : json;
}

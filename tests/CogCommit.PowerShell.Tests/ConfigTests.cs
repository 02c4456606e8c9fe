using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests;

public sealed class ConfigTests : IDisposable
{
    private readonly BareEngine _engine = new();

    private string ConfigFile => Path.Combine(_engine.Home, "config.json");

    [Fact]
    public void Each_setting_has_a_key_a_default_and_a_description()
    {
        var entries = _engine.Run("Get-CogCommitConfig").Fine();

        Assert.Equal(
            [
                "storage", "continuous-sync", "analytics-opt-in", "exclude-projects", "sync-debounce", "sync-max-wait", "pull-interval", "session-idle",
                "visual-cache-ttl", "visual-cache-size", "supabase-url", "supabase-anon-key",
            ],
            entries.All<string>("Key"));
        Assert.All(entries.All<string>("Description"), Assert.NotEmpty);
        Assert.Equal("CogCommit.ConfigEntry", entries.Output[0].BaseObject.GetType().FullName);
        Assert.Equal("cloud", entries.Output[0].Get<string>("Value"));
        Assert.False(File.Exists(ConfigFile), "to look creates nothing");
    }

    [Theory]
    [InlineData("storage", "'local'", "local")]
    [InlineData("sync-debounce", "'2s'", "2s")]
    [InlineData("pull-interval", "([timespan]::FromMinutes(10))", "10m")]
    [InlineData("continuous-sync", "$true", "True")]
    [InlineData("analytics-opt-in", "'true'", "True")]
    [InlineData("exclude-projects", "@('secret-*', 'diary')", "secret-* diary")]
    [InlineData("exclude-projects", "'diary'", "diary")]
    [InlineData("supabase-url", "'https://abc.supabase.co'", "https://abc.supabase.co/")]
    [InlineData("supabase-url", "'http://127.0.0.1:54321'", "http://127.0.0.1:54321/")]
    [InlineData("supabase-anon-key", "'eyJhbGciOi.x.y'", "eyJhbGciOi.x.y")]
    public void A_setting_is_kept(string key, string value, string expected)
    {
        Assert.Empty(_engine.Run($"Set-CogCommitConfig {key} {value}").Fine().Output);

        var entry = _engine.Run($"Get-CogCommitConfig {key}").Fine().One;
        Assert.Equal(expected, entry.Get<string>("Value"));
    }

    [Theory]
    [InlineData("analytics-opt-in")]
    public void A_setting_that_nothing_reads_says_so(string key) =>
        Assert.Contains("nothing reads it yet", _engine.Run("Get-CogCommitConfig $args[0]", key).Fine().One.Get<string>("Description"), StringComparison.Ordinal);

    [Fact]
    public void Null_goes_back_to_the_default()
    {
        var entry = _engine.Run("Set-CogCommitConfig storage local; Set-CogCommitConfig storage $null -PassThru").Fine().One;

        Assert.Equal("cloud", entry.Get<string>("Value"));
    }

    [Theory]
    [InlineData("storage", "'moon'", "'local' or 'cloud'")]
    [InlineData("continuous-sync", "'perhaps'", "true or false")]
    [InlineData("exclude-projects", "@('a', '')", "not empty")]
    [InlineData("supabase-url", "'http://abc.supabase.co'", "https://")]
    [InlineData("supabase-url", "'abc'", "https://")]
    [InlineData("supabase-url", "'https://me:pass@abc.supabase.co'", "without user")]
    [InlineData("supabase-anon-key", "'two words'", "without white space")]
    public void A_wrong_value_is_refused_and_says_what_is_allowed(string key, string value, string says)
    {
        var error = _engine.Run($"Set-CogCommitConfig {key} {value}").OneError();

        Assert.Equal("InvalidConfigValue", error.Id());
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(key, error.TargetObject);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(ConfigFile));
    }

    [Theory]
    [InlineData("supabase-url", "http://me:SECRETPW@h.example", "SECRETPW")]
    [InlineData("supabase-anon-key", "a b SECRETKEY", "SECRETKEY")]
    public void What_may_hold_a_password_or_a_key_is_not_repeated_by_an_error(string key, string value, string secret)
    {
        var refused = _engine.Run("Set-CogCommitConfig $args[0] $args[1]", key, value).OneError();
        _engine.File("one/config.json", $$"""{ "{{key}}": "{{value}}" }""");
        var read = _engine.Run("Get-CogCommitConfig $args[0]", key).OneError();

        Assert.Equal(("InvalidConfigValue", "ConfigInvalidValue"), (refused.Id(), read.Id()));
        Assert.All([refused, read], error =>
        {
            Assert.Contains(key, error.ToString(), StringComparison.Ordinal);
            Assert.Equal(key, error.TargetObject);
            Assert.DoesNotContain(secret, error.Exception.ToString(), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("Get-CogCommitConfig colour")]
    [InlineData("Set-CogCommitConfig colour blue")]
    [InlineData("Set-CogCommitConfig colour blue -WhatIf")]
    public void An_unknown_key_lists_the_known_ones(string script)
    {
        var error = _engine.Run(script).OneError();

        Assert.Equal("UnknownConfigKey", error.Id());
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal("colour", error.TargetObject);
        Assert.Contains("storage, continuous-sync, analytics-opt-in, exclude-projects, sync-debounce, sync-max-wait, pull-interval, session-idle, visual-cache-ttl, visual-cache-size, supabase-url, supabase-anon-key", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_unknown_key_does_not_stop_the_others()
    {
        var outcome = _engine.Run("Get-CogCommitConfig colour, storage");

        Assert.Equal("colour", outcome.OneError().TargetObject);
        Assert.Equal("storage", outcome.One.Get<string>("Key"));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        _engine.Run("Set-CogCommitConfig storage cloud -WhatIf").Fine();

        Assert.False(File.Exists(ConfigFile));
    }

    [Fact]
    public void Keys_of_others_and_their_values_stay_as_they_were()
    {
        _engine.File("one/config.json", """{ "colour": "blue", "deep": { "number": 1.50, "list": [1, null] }, "storage": "local" }""");

        _engine.Run("Set-CogCommitConfig storage cloud").Fine();

        var json = File.ReadAllText(ConfigFile).ReplaceLineEndings("");
        Assert.Contains("\"colour\": \"blue\"", json, StringComparison.Ordinal);
        Assert.Contains("1.50", json, StringComparison.Ordinal);
        Assert.Contains("\"storage\": \"cloud\"", json, StringComparison.Ordinal);
        Assert.Equal(["config.json", "config.json.lock"], Directory.EnumerateFiles(_engine.Home).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("{ \"storage\": ")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{ \"storage\": \"local\", \"storage\": \"cloud\" }")]
    public void A_damaged_file_is_told_and_left_as_it_is(string content)
    {
        _engine.File("one/config.json", content);

        foreach (var script in new[] { "Get-CogCommitConfig", "Set-CogCommitConfig storage cloud" })
        {
            var outcome = _engine.Run(script);
            var error = outcome.Terminating ?? outcome.OneError();
            Assert.Equal("ConfigDamaged", error.Id());
            Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
            Assert.Contains(ConfigFile, error.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(content, File.ReadAllText(ConfigFile));
    }

    [Fact]
    public void A_wrong_value_in_the_file_names_the_command_that_mends_it()
    {
        _engine.File("one/config.json", """{ "continuous-sync": "perhaps", "storage": "cloud" }""");

        var error = _engine.Run("Get-CogCommitConfig continuous-sync").OneError();
        Assert.Equal("ConfigInvalidValue", error.Id());
        Assert.Contains("Set-CogCommitConfig continuous-sync", error.ToString(), StringComparison.Ordinal);

        Assert.Equal("cloud", _engine.Run("Get-CogCommitConfig storage").Fine().One.Get<string>("Value"));
        _engine.Run("Set-CogCommitConfig continuous-sync $true; Get-CogCommitConfig").Fine();
    }

    [Fact]
    public void Settings_come_and_go_through_the_pipeline()
    {
        _engine.Run("Set-CogCommitConfig exclude-projects @('a', 'b')").Fine();
        var entries = _engine.Run("Get-CogCommitConfig exclude-projects, storage | Set-CogCommitConfig -PassThru").Fine();

        Assert.Equal(["a b", "cloud"], entries.All<string>("Value"));
    }

    [Fact]
    public void The_file_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        _engine.Run("Set-CogCommitConfig storage cloud").Fine();

#pragma warning disable CA1416 // skipped above
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(ConfigFile));
#pragma warning restore CA1416
    }

    [Fact]
    public void Keys_are_completed()
    {
        var keys = _engine.Run("(TabExpansion2 'Get-CogCommitConfig s' 21).CompletionMatches").Fine();

        Assert.Equal(["storage", "sync-debounce", "sync-max-wait", "session-idle", "supabase-url", "supabase-anon-key"], keys.All<string>("CompletionText"));
    }

    public void Dispose() => _engine.Dispose();
}

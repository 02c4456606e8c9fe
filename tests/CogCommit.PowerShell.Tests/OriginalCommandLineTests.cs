using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests;

/// <summary><c>cogcommit</c> takes the original's command lines.</summary>
public sealed class OriginalCommandLineTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void Config_sets_and_gets()
    {
        Assert.Equal("cloud", _engine.Run("cogcommit config set storage cloud").Fine().One.Get<string>("Value"));
        Assert.Equal("cloud", _engine.Run("cogcommit config get storage").Fine().One.Get<string>("Value"));
        Assert.Equal("true", _engine.Run("cogcommit config continuous-sync true").Fine().One.Get<string>("Value"), ignoreCase: true);
        Assert.Equal("true", _engine.Run("cogcommit config continuous-sync").Fine().One.Get<string>("Value"), ignoreCase: true);
        Assert.Equal(6, _engine.Run("cogcommit config --list").Fine().Output.Count);
        Assert.Equal(6, _engine.Run("cogcommit config get").Fine().Output.Count);
    }

    [Theory]
    [InlineData("cogcommit dance", "UnknownWord", "dance", "config")]
    [InlineData("cogcommit", "MissingWord", null, "config")]
    [InlineData("cogcommit config --colour", "UnknownOption", "--colour", "--list")]
    [InlineData("cogcommit config set storage", "MissingValue", "storage", "config set <key> <value>")]
    public void An_unknown_word_names_the_known_ones(string line, string id, string? target, string says)
    {
        var error = _engine.Run(line).Terminating!;

        Assert.Equal(id, error.Id());
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_no_common_parameters()
    {
        Assert.False(_engine.Run("(Get-Command cogcommit).CmdletBinding").Fine().One.BaseObject is true);
    }

    public void Dispose() => _engine.Dispose();
}

using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests;

/// <summary>Pictures of one machine on another one.</summary>
public sealed class VisualSyncTests : IDisposable
{
    private readonly Machines _machines;
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];
    private readonly byte[] _picture = Png.Of(1, 3000);

    public VisualSyncTests(LocalCloud cloud)
    {
        _machines = new Machines(cloud);
        _machines.Run("Import-CogCommit $args[0]", History.Write(_machines.Folder)).Fine();
        _machines.Connect(_user, "-MachineName one").Fine();
    }

    [Fact]
    public void A_picture_that_one_machine_adds_and_pushes_the_other_sees_and_saves()
    {
        var path = Path.Combine(_machines.Folder, "one.png");
        File.WriteAllBytes(path, _picture);
        var added = _machines.Run("Get-CogCommit -Project harbour | Add-CogCommitVisual $args[0] -Caption 'The crane'; $null = Push-CogCommit", path).Fine().One;

        _machines.Machine("two");
        _machines.Connect(_user, "-MachineName two").Fine();
        _machines.Run("Receive-CogCommit").Fine();
        var listed = _machines.Run("Get-CogCommitVisual").Fine().One;
        Assert.Equal((added.Get<string>("VisualId"), "The crane", (long)_picture.Length, false), Shown(listed));
        Assert.Equal([], Pictures());

        Assert.Equal(_picture, _machines.Run("(Get-CogCommitVisual -Content).Content").Fine().Output.Select(item => (byte)item.BaseObject));
        // Each of the two gets it by itself: what the first one fetched is kept no more.
        Assert.Single(Pictures());
        Directory.Delete(Path.Combine(_machines.Home, "visual-cache"), recursive: true);
        var saved = _machines.Run("Get-CogCommitVisual | Save-CogCommitVisual $args[0] -PassThru", Path.Combine(_machines.Folder, "saved.png")).Fine().One;
        Assert.Equal(_picture, File.ReadAllBytes(saved.Get<string>("FullName")));
    }

    public void Dispose() => _machines.Dispose();

    private static (string Id, string Caption, long Bytes, bool IsLocal) Shown(PSObject visual) =>
        (visual.Get<string>("VisualId"), visual.Get<string>("Caption"), visual.Get<long>("Bytes"), visual.Get<bool>("IsLocal"));

    /// <summary>The files of this machine's pictures, its own and fetched ones.</summary>
    private IEnumerable<string> Pictures() =>
        Directory.EnumerateFiles(_machines.Home, "*", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file).AsSpan().SequenceEqual(_picture));
}

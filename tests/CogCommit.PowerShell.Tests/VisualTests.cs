using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests;

/// <summary>Pictures on one machine: added, listed, looked at, saved, removed.</summary>
public sealed class VisualTests : IDisposable
{
    private readonly HistoryEngine _engine = new();
    private readonly string _picture;
    private readonly string _other;

    public VisualTests()
    {
        _picture = Write("one.png", Png.Of(1));
        _other = Write("other [2].png", Png.Of(2));
    }

    [Fact]
    public void A_picture_belongs_to_the_commit_that_is_named()
    {
        var added = _engine.Run("Add-CogCommitVisual $args[0] -CommitId $args[1] -Caption 'The crane' -Type mockup", _picture, _engine.Ids[0][..8]).Fine().One;

        Assert.Equal("CogCommit.Visual", added.BaseObject.GetType().FullName);
        Assert.Equal((_engine.Ids[0], "The crane", "mockup", "image/png"), (added.Get<string>("CommitId"), added.Get<string>("Caption"), added.Get<string>("Type"), added.Get<string>("MimeType")));
        Assert.Equal((new FileInfo(_picture).Length, true), (added.Get<long>("Bytes"), added.Get<bool>("IsLocal")));
        Assert.Equal([added.Get<string>("VisualId")], Ids("Get-CogCommitVisual $args[0]", _engine.Ids[0]));
        Assert.Empty(Ids("Get-CogCommitVisual $args[0]", _engine.Ids[1]));
        Assert.Single(Ids("Get-CogCommitVisual -Type mock*"));
        Assert.Single(Ids("Get-CogCommitVisual -Project harbour"));
        Assert.Empty(Ids("Get-CogCommitVisual -Type screenshot"));
        Assert.Empty(Ids("Get-CogCommitVisual -Project lighthouse"));
        Assert.Single(Ids("Get-CogCommit -Project harbour | Get-CogCommitVisual"));
    }

    [Fact]
    public void Paths_and_files_come_from_the_pipeline_and_wildcards_are_meant_only_where_they_may_be()
    {
        Assert.Single(Ids("$args[0] | Add-CogCommitVisual -CommitId $args[1]", _picture, _engine.Ids[0]));
        Assert.Single(Ids("[System.IO.FileInfo]$args[0] | Add-CogCommitVisual -CommitId $args[1]", _other, _engine.Ids[0]));
        Assert.Single(Ids("Add-CogCommitVisual -LiteralPath $args[0] -CommitId $args[1]", _other, _engine.Ids[1]));
        Assert.Equal(2, Ids("Add-CogCommitVisual $args[0] -CommitId $args[1]", Path.Combine(_engine.Folder, "*.png"), _engine.Ids[2]).Count);

        Assert.Equal(5, Ids("Get-CogCommitVisual").Count);
    }

    [Fact]
    public void A_turn_brings_its_commit()
    {
        var turn = _engine.Run("Get-CogCommitTurn $args[0] -Role user", _engine.Ids[0]).Fine().One;

        var added = _engine.Run("$args[0] | Add-CogCommitVisual -Path $args[1]", turn, _picture).Fine().One;

        Assert.Equal((_engine.Ids[0], turn.Get<string>("TurnId")), (added.Get<string>("CommitId"), added.Get<string>("TurnId")));
        Assert.Single(Ids("Get-CogCommitVisual -TurnId $args[0]", turn.Get<string>("TurnId")[..8]));
        Assert.Single(Ids("$args[0] | Get-CogCommitVisual", turn));
    }

    [Fact]
    public void The_same_picture_again_is_the_same_visual_with_the_new_caption()
    {
        var first = Ids("Add-CogCommitVisual $args[0] -CommitId $args[1] -Caption before", _picture, _engine.Ids[0]);
        var copy = Write("copy.bin", File.ReadAllBytes(_picture));

        Assert.Equal(first, Ids("Add-CogCommitVisual $args[0] -CommitId $args[1] -Caption after", copy, _engine.Ids[0]));
        Assert.Equal(["after"], _engine.Run("Get-CogCommitVisual").Fine().All<string>("Caption"));
        Assert.Single(Directory.GetFiles(Path.Combine(_engine.Home, "visuals")));
    }

    [Fact]
    public void What_is_in_it_is_given_where_it_is_asked_for()
    {
        _engine.Run("Add-CogCommitVisual $args[0] -CommitId $args[1]", _picture, _engine.Ids[0]).Fine();

        Assert.Equal(File.ReadAllBytes(_picture), _engine.Run("(Get-CogCommitVisual -Content).Content").Fine().Output.Select(item => (byte)item.BaseObject));
        Assert.True(_engine.Run("$null -eq (Get-CogCommitVisual).Content").Fine().One.BaseObject is true);
    }

    [Fact]
    public void Into_a_folder_each_gets_a_name_of_its_own_and_into_a_file_goes_one()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_engine.Folder, "saved")).FullName;
        _engine.Run("Add-CogCommitVisual $args[0] -CommitId $args[1]", Path.Combine(_engine.Folder, "*.png"), _engine.Ids[0]).Fine();

        Assert.Empty(_engine.Run("Get-CogCommitVisual | Save-CogCommitVisual $args[0]", folder).Fine().Output);
        var files = Directory.GetFiles(folder);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{8}\\.png$", Path.GetFileName(file)));
        Assert.Equal(new[] { _picture, _other }.Select(Hash).Order(StringComparer.Ordinal), files.Select(Hash).Order(StringComparer.Ordinal));

        // Those that are there stay, each with an error of its own.
        var again = _engine.Run("Get-CogCommitVisual | Save-CogCommitVisual $args[0] -PassThru", folder);
        Assert.Equal(2, again.Errors.Count);
        Assert.All(again.Errors, error => Assert.Equal(("FileExists", ErrorCategory.InvalidOperation), (error.Id(), error.CategoryInfo.Category)));
        Assert.Equal(2, _engine.Run("Get-CogCommitVisual | Save-CogCommitVisual $args[0] -PassThru -Force", folder).Fine().Output.Count);

        var one = _engine.Run("Get-CogCommitVisual | Save-CogCommitVisual $args[0] -PassThru", Path.Combine(folder, "one.png"));
        Assert.Equal(("SeveralVisuals", Path.Combine(folder, "one.png")), (one.OneError().Id(), one.One.Get<string>("FullName")));
    }

    [Fact]
    public void A_removed_one_is_gone_and_comes_back_when_it_is_added_again()
    {
        var id = Ids("Add-CogCommitVisual $args[0] -CommitId $args[1]", _picture, _engine.Ids[0])[0];

        Assert.Equal(id, _engine.Run("Get-CogCommitVisual | Remove-CogCommitVisual -Force -PassThru").Fine().One.Get<string>("VisualId"));
        Assert.Empty(Ids("Get-CogCommitVisual"));
        Assert.Equal("VisualNotFound", _engine.Run("Remove-CogCommitVisual $args[0] -Force", id).OneError().Id());
        Assert.Equal([id], Ids("Add-CogCommitVisual $args[0] -CommitId $args[1]", _picture, _engine.Ids[0]));
    }

    [Theory]
    [InlineData("Add-CogCommitVisual $folder/text.png -CommitId $id", "NotAPicture", ErrorCategory.InvalidData)]
    [InlineData("Add-CogCommitVisual $folder/nothing.png -CommitId $id", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Add-CogCommitVisual $folder -CommitId $id", "PathIsFolder", ErrorCategory.InvalidArgument)]
    [InlineData("Add-CogCommitVisual $folder/one.png", "NoCommitHere", ErrorCategory.ObjectNotFound)]
    [InlineData("Add-CogCommitVisual $folder/one.png -CommitId $id -Type 'two words'", "InvalidVisualType", ErrorCategory.InvalidArgument)]
    [InlineData("Add-CogCommitVisual $folder/one.png -CommitId 12345678", "CommitNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Add-CogCommitVisual $folder/one.png -TurnId 12345678", "TurnNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-CogCommitVisual -VisualId 12345678", "VisualNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Save-CogCommitVisual $folder 12345678", "VisualNotFound", ErrorCategory.ObjectNotFound)]
    public void What_cannot_be_done_is_an_error_and_changes_nothing(string script, string id, ErrorCategory category)
    {
        Write("text.png", [.. "no picture"u8]);
        var outcome = _engine.Run("param($id, $folder) " + script, _engine.Ids[0], _engine.Folder);

        var error = outcome.Terminating ?? outcome.OneError();
        Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category));
        Assert.Empty(Ids("Get-CogCommitVisual"));
    }

    [Fact]
    public void An_id_of_another_kind_says_what_it_is_and_how_to_look_at_it()
    {
        var visual = Ids("Add-CogCommitVisual $args[0] -CommitId $args[1]", _picture, _engine.Ids[0])[0];
        var turn = _engine.Run("Get-CogCommitTurn $args[0] -Role user", _engine.Ids[0]).Fine().One.Get<string>("TurnId");
        var session = _engine.Run("Get-CogCommitSession $args[0]", _engine.Ids[0]).Fine().One.Get<string>("SessionId");

        AssertTold($"Get-CogCommitVisual {visual[..8]}", $"Get-CogCommitVisual -VisualId {visual[..8]}");
        AssertTold($"Get-CogCommit {turn}", $"Get-CogCommitTurn -TurnId {turn}");
        AssertTold($"Export-CogCommit {session}", $"Get-CogCommitSession -SessionId {session}");

        void AssertTold(string script, string hint)
        {
            var error = _engine.Run(script).OneError();
            Assert.Equal("CommitNotFound", error.Id());
            Assert.Contains(hint, error.ToString(), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _engine.Dispose();

    private List<string> Ids(string script, params object?[] arguments) => [.. _engine.Run(script, arguments).Fine().All<string>("VisualId")];

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_engine.Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static string Hash(string file) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
}

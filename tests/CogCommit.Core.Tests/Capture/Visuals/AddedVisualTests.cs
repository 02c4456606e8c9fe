using CogCommit.Core.Capture;
using CogCommit.Core.Query;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Capture.Visuals;

public sealed class AddedVisualTests : IDisposable
{
    private const string Commit = "c0000000-0000-4000-8000-000000000001";
    private const string Turn = "10000000-0000-4000-8000-000000000001";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SetClock _clock = new(Now);
    private readonly TempHome _files = new();
    private readonly TempStore _temp;

    public AddedVisualTests()
    {
        _temp = new TempStore(_clock);
        _temp.Builder.Commit(Commit).Session("s").Prompt("hello", Turn).Commit("c0000000-0000-4000-8000-000000000002");
    }

    [Fact]
    public void It_is_a_row_of_its_commit_that_waits_for_the_sync_and_a_private_file_by_its_hash()
    {
        var picture = Png.Of(1);
        var id = Add(File("shot.png", picture), new VisualDraft { CommitId = Commit, Caption = " The lamp " });

        var visual = Read(id);
        Assert.Equal(
            (Commit, null, "screenshot", "image/png", (long)picture.Length, VisualFiles.HashOf(picture), "The lamp", "pending", true),
            (visual.CommitId, visual.TurnId, visual.Type, visual.MimeType, visual.Bytes, visual.ContentHash, visual.Caption, visual.SyncStatus, visual.IsLocal));
        Assert.Equal(Path.Combine(_temp.Store.Home.VisualsPath, VisualFiles.HashOf(picture)), visual.Path);
        Assert.Equal(picture, System.IO.File.ReadAllBytes(visual.Path!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(visual.Path!));
        }

        var row = Row(id);
        Assert.Equal((1, "", null), (row.Version, row.Rev, row.DeletedAt));
        Assert.Equal(CapturedHash.Of(row), row.Hash);
        Assert.Single(Directory.GetFiles(_temp.Store.Home.VisualsPath));
    }

    [Fact]
    public void The_same_picture_in_the_same_commit_is_one_row_whatever_its_file_is_called()
    {
        var id = Add(File("one.png", Png.Of(1)), new VisualDraft { CommitId = Commit, Caption = "first" });
        var before = Row(id);
        Assert.Equal(id, Add(File("two.jpg", Png.Of(1)), new VisualDraft { CommitId = Commit }));
        Assert.Equal(before, Row(id));
        Assert.NotEqual(id, Add(File("one.png", Png.Of(1)), new VisualDraft { CommitId = "c0000000-0000-4000-8000-000000000002" }));
        Assert.Single(Directory.GetFiles(_temp.Store.Home.VisualsPath));
    }

    [Fact]
    public void What_is_said_of_it_later_is_a_version_of_its_own_that_never_goes_back_in_time()
    {
        var file = File("one.png", Png.Of(1));
        var id = Add(file, new VisualDraft { CommitId = Commit });
        var before = Row(id);
        _clock.Now = Now.AddDays(-1);
        Add(file, new VisualDraft { CommitId = Commit, Caption = "a caption", Type = "mockup" });

        var after = Row(id);
        Assert.Equal((2, "a caption", "mockup"), (after.Version, after.Caption, after.Type));
        Assert.True(string.CompareOrdinal(after.UpdatedAt, before.UpdatedAt) > 0, after.UpdatedAt);
        Assert.True(Merge.CompareVisuals(after, before) > 0);
        Assert.Equal(CapturedHash.Of(after), after.Hash);
        Add(file, new VisualDraft { CommitId = Commit, Caption = "" });
        Assert.Null(Row(id).Caption);
    }

    [Fact]
    public void In_a_turn_it_has_the_turns_revision_and_the_id_that_capture_would_give_it()
    {
        var id = Add(File("one.png", Png.Of(1)), new VisualDraft { TurnId = Turn });
        Assert.Equal((Commit, Turn, "1"), (Row(id).CommitId, Row(id).TurnId, Row(id).Rev));
        Assert.Equal(Ids.V5(Ids.Namespace, $"{Turn}\n{VisualFiles.HashOf(Png.Of(1))}"), id);
    }

    [Fact]
    public void Removed_it_is_a_mark_that_wins_and_added_again_it_is_back()
    {
        var file = File("one.png", Png.Of(1));
        var id = Add(file, new VisualDraft { CommitId = Commit, Caption = "kept" });
        var live = Row(id);
        VisualRemoval.Remove(_temp.Store, id);

        var mark = Row(id);
        Assert.Equal((2, Timestamps.ToText(Now)), (mark.Version, mark.DeletedAt));
        Assert.NotEqual(live.Hash, mark.Hash);
        Assert.True(Merge.CompareVisuals(mark, live) > 0);
        Assert.Empty(VisualReader.Read(_temp.Store, new VisualFilter(), Local(), TestContext.Current.CancellationToken));
        Assert.Empty(VisualReader.FindIds(_temp.Store, id, 1));
        Assert.Equal("VisualNotFound", Assert.Throws<CogCommitException>(() => VisualRemoval.Remove(_temp.Store, id)).ErrorId);

        Assert.Equal(id, Add(file, new VisualDraft { CommitId = Commit }));
        Assert.Equal((3, null, "kept"), (Row(id).Version, Row(id).DeletedAt, Row(id).Caption));
        Assert.Equal(live.Hash, Row(id).Hash);
    }

    [Theory]
    [InlineData("svg.png", "<svg/>", "NotAPicture")]
    [InlineData("empty.png", "", "NotAPicture")]
    public void What_is_no_picture_is_refused_whatever_its_name_says(string name, string content, string error)
    {
        var refused = Assert.Throws<CogCommitException>(() => Add(File(name, System.Text.Encoding.ASCII.GetBytes(content)), new VisualDraft { CommitId = Commit }));
        Assert.Equal(error, refused.ErrorId);
        AssertNothingIsHere();
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "VisualTooLarge")]
    public void Fifty_megabytes_fit_and_not_a_byte_more(int beyond, string? error)
    {
        var path = File("large.png", Png.Of(1));
        using (var stream = System.IO.File.OpenWrite(path))
        {
            stream.SetLength(PictureType.MostBytes + beyond);
        }

        if (error is null)
        {
            Assert.Equal(PictureType.MostBytes, Read(Add(path, new VisualDraft { CommitId = Commit })).Bytes);
            return;
        }

        Assert.Equal(error, Assert.Throws<CogCommitException>(() => Add(path, new VisualDraft { CommitId = Commit })).ErrorId);
        AssertNothingIsHere();
    }

    [Fact]
    public void A_large_one_is_copied_in_small_pieces()
    {
        var path = File("large.png", Png.Of(1, 20_000_000));
        Add(File("small.png", Png.Of(2)), new VisualDraft { CommitId = Commit });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Add(path, new VisualDraft { CommitId = Commit });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2_000_000);
    }

    [Fact]
    public void What_a_full_disk_cut_short_is_written_again()
    {
        var picture = Png.Of(1);
        var path = VisualFiles.Write(_temp.Store.Home.VisualsPath, VisualFiles.HashOf(picture), picture);
        System.IO.File.WriteAllBytes(path, picture[..10]);
        Add(File("one.png", picture), new VisualDraft { CommitId = Commit });
        Assert.Equal(picture, System.IO.File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("c0000000-0000-4000-8000-00000000000f", null, "CommitNotFound")]
    [InlineData(null, "10000000-0000-4000-8000-00000000000f", "TurnNotFound")]
    [InlineData("c0000000-0000-4000-8000-000000000002", Turn, "TurnElsewhere")]
    public void A_place_that_is_not_there_is_an_error_and_keeps_nothing(string? commit, string? turn, string error)
    {
        var refused = Assert.Throws<CogCommitException>(() => Add(File("one.png", Png.Of(1)), new VisualDraft { CommitId = commit, TurnId = turn }));
        Assert.Equal(error, refused.ErrorId);
        AssertNothingIsHere();
    }

    [Theory]
    [InlineData("two words", null, "InvalidVisualType")]
    [InlineData("", null, "InvalidVisualType")]
    [InlineData("../x", null, "InvalidVisualType")]
    [InlineData(null, 10_001, "InvalidCaption")]
    public void What_the_cloud_would_refuse_is_refused_here(string? type, int? caption, string error)
    {
        var draft = new VisualDraft { CommitId = Commit, Type = type, Caption = caption is { } length ? new string('x', length) : null };
        Assert.Equal(error, Assert.Throws<CogCommitException>(() => Add(File("one.png", Png.Of(1)), draft)).ErrorId);
        AssertNothingIsHere();
    }

    [Fact]
    public void A_file_that_is_not_there_says_so() =>
        Assert.Equal("PathNotFound", Assert.Throws<CogCommitException>(() => Add(Path.Combine(_files.Folder, "none.png"), new VisualDraft { CommitId = Commit })).ErrorId);

    public void Dispose()
    {
        _temp.Dispose();
        _files.Dispose();
    }

    private string File(string name, byte[] content)
    {
        var path = Path.Combine(_files.Folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    private string Add(string file, VisualDraft draft) => AddedVisual.Add(_temp.Store, file, draft, TestContext.Current.CancellationToken);

    private LocalVisuals Local() => new(_temp.Store.Home, new VisualCache(_temp.Store.Home));

    private Visual Read(string id) => Assert.Single(VisualReader.Read(_temp.Store, new VisualFilter { VisualIds = [id] }, Local(), TestContext.Current.CancellationToken));

    private VisualRow Row(string id) => _temp.Store.Write(t => StoredRows.FindVisual(t, id))!.Row;

    private void AssertNothingIsHere()
    {
        Assert.Equal(0, _temp.Builder.Scalar<long>("select count(*) from visuals"));
        Assert.Empty(Directory.Exists(_temp.Store.Home.VisualsPath) ? Directory.GetFiles(_temp.Store.Home.VisualsPath) : []);
    }
}

using CogCommit.Core.Store;

namespace CogCommit.Core.Tests.Store;

public sealed class PruningTests : IDisposable
{
    private readonly TempStore _temp = new();

    public PruningTests() => _temp.Builder.Commit("a").Session("s").Prompt("one", "t1").Answer("two", "t2").Session("sub", true).Prompt("x", "t3");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_is_not_pushed_stays_unless_forced()
    {
        Assert.Equal(["a"], Pruning.Prune(_temp.Store, ["a", "unknown"], force: false).NotPushed);
        Assert.Equal(3, _temp.Builder.Scalar<long>("select count(*) from turns"));
        Assert.Equal(["a"], Pruning.Prune(_temp.Store, ["a"], force: true).Pruned);
        Assert.Equal(0, _temp.Builder.Scalar<long>("select count(*) from turns"));
    }

    [Fact]
    public void What_would_stay_is_known_before_and_nothing_is_changed()
    {
        Assert.Equal((true, false), (Pruning.IsRefused(_temp.Store, "a"), Pruning.IsRefused(_temp.Store, "unknown")));
        _temp.Builder.Pushed();
        Assert.False(Pruning.IsRefused(_temp.Store, "a"));
        Assert.Equal(3, _temp.Builder.Scalar<long>("select count(*) from turns"));
    }

    [Fact]
    public void One_row_that_the_cloud_lacks_keeps_its_commit()
    {
        _temp.Builder.Pushed();
        _temp.Store.Write(t => t.Execute("update turns set change_seq = pushed_seq + 1, push_state = 'too_large' where id = 't2'"));
        Assert.Equal(["a"], Pruning.Prune(_temp.Store, ["a"], force: false).NotPushed);
    }

    [Fact]
    public void What_is_pushed_goes_and_leaves_a_marker_with_its_last_turn()
    {
        _temp.Builder.Pushed();
        _temp.Store.Write(t => t.Execute("update cognitive_commits set closed_by = 'session_end'"));
        Assert.Equal(["a"], Pruning.Prune(_temp.Store, ["a"], force: false).Pruned);
        Assert.Equal("a a t2", _temp.Builder.Scalar<string>("select concat_ws(' ', commit_id, agent_session_id, last_turn_id) from pruned_commits"));
        Assert.Equal(0, _temp.Builder.Scalar<long>("select (select count(*) from sessions) + (select count(*) from turn_index where turn_index match 'two')"));
        _temp.Store.Write(t => Pruning.Lift(t, ["a"]));
        Assert.Equal(0, _temp.Builder.Scalar<long>("select count(*) from pruned_commits"));
    }

    [Fact]
    public void What_git_closed_leaves_no_boundary()
    {
        _temp.Builder.Pushed();
        _temp.Store.Write(t => t.Execute("update cognitive_commits set closed_by = 'git_commit'"));
        Assert.Equal(["a"], Pruning.Prune(_temp.Store, ["a"], force: false).Pruned);
        Assert.Equal(1, _temp.Builder.Scalar<long>("select count(*) from pruned_commits where commit_id = 'a' and last_turn_id is null"));
    }

    [Fact]
    public void Picture_files_go_with_their_rows_and_no_row_can_name_another_file_to_delete()
    {
        var visuals = _temp.Store.Home.VisualsPath;
        Directory.CreateDirectory(visuals);
        var (picture, other) = (Path.Combine(visuals, new string('a', 64)), Path.Combine(_temp.Store.Home.Root, "other"));
        File.WriteAllText(picture, "");
        File.WriteAllText(other, "");
        _temp.Store.Write(t => t.Execute(
            "insert into visuals (id, commit_id, type, content_hash, captured_at) values ('1', 'a', 'x', $hash, ''), ('2', 'a', 'x', $path, '')",
            ("$hash", Path.GetFileName(picture)), ("$path", other)));
        Pruning.Prune(_temp.Store, ["a"], force: true);
        Assert.False(File.Exists(picture));
        Assert.True(File.Exists(other));
    }
}

using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>A database of the original command line and the transcripts it was made from.</summary>
public sealed class OriginalStoreTests
{
    private const string Long = "258c7280-ae70-4798-800f-63464d01a85d";

    [Fact]
    public void Its_rows_are_cut_anew_no_turn_is_twice_and_no_title_is_lost()
    {
        using var home = new TempHome();
        Directory.CreateDirectory(Path.GetDirectoryName(home.Home.DatabasePath)!);
        File.Copy(SharedData.Path("data", "peer", "data-v6.db"), home.Home.DatabasePath);
        using (var original = new SqliteConnection($"Data Source={home.Home.DatabasePath};Pooling=False"))
        {
            original.Open();
            using var command = original.CreateCommand();
            command.CommandText = $"update cognitive_commits set title = 'Mine' where id = (select commit_id from sessions where id = '{Long}')";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using var upgraded = new CapturedStore(StoreFile.Open(home.Home));
        upgraded.Import(SharedData.Path("data", "transcripts", "claude-code"));
        using var fresh = new CapturedStore();
        fresh.Import(SharedData.Path("data", "transcripts", "claude-code"));

        Assert.Equal(fresh.Rows(), upgraded.Rows());
        Assert.Equal(
            ["99b497c | Mine", "ceff8c3 | ", "bb53fb4 | ", "05fd186 | ", "a230dbf | ", " | "],
            upgraded.Query($"select git_hash, title from cognitive_commits where agent_session_id = '{Long}' order by started_at"));
    }
}

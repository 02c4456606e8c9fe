using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>Drops the files of pictures that no row names any more.</summary>
public static class VisualSweep
{
    // What was deleted can come back for 30 days, as a commit can.
    private static readonly TimeSpan Restorable = TimeSpan.FromDays(30);
    private const string Held = "select 1 from visuals where content_hash = $hash and (deleted_at is null or deleted_at >= $since) limit 1";

    /// <summary>Returns how many went.</summary>
    public static int Run(StoreFile store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var folder = new DirectoryInfo(store.Home.VisualsPath);
        if (!folder.Exists)
        {
            return 0;
        }

        var now = store.Clock.GetUtcNow();
        List<FileInfo> nobodys = [];
        using (var connection = store.OpenReader())
        {
            foreach (var file in folder.EnumerateFiles())
            {
                if (HalfFile.IsAbandoned(file, now))
                {
                    file.Delete();
                }
                else if (VisualFiles.IsHash(file.Name) && !StoreErrors.Explained(store.Home.DatabasePath, () => IsHeld(connection, file.Name, now)))
                {
                    nobodys.Add(file);
                }
            }
        }

        // One each, and asked once more: whoever adds a picture moves its file here in the transaction that writes its row.
        return nobodys.Count(file => store.Write(transaction =>
        {
            if (transaction.Prepare(Held).With(("$hash", file.Name), ("$since", now - Restorable)).ExecuteScalar() is not null)
            {
                return false;
            }

            file.Delete();
            return true;
        }));
    }

    private static bool IsHeld(SqliteConnection connection, string hash, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Held;
        return command.With(("$hash", hash), ("$since", now - Restorable)).ExecuteScalar() is not null;
    }
}

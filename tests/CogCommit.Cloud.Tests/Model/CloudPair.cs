using System.Globalization;
using System.Text;
using System.Text.Json;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.CloudModel;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>The functions in PostgreSQL and their model, asked the same, with PostgreSQL's clock for both.</summary>
internal sealed class CloudPair(CloudDatabase database, CloudUserSession user)
{
    private readonly FakeTimeProvider clock = new();
    private ModelCloud? model;

    public ModelCloud Model => model ??= new ModelCloud(clock) { UserId = user.Id };

    public async Task PushAsync(string batch)
    {
        var bytes = Encoding.UTF8.GetBytes(batch);
        await AssertSameAsync("select public.cogcommit_push($1::jsonb)::text", [batch], () => Model.Push(bytes));
        await AssertSameRowsAsync();
    }

    public Task PullAsync(CloudCursor? cursor, int maxBytes) => cursor is null
        ? AssertSameAsync("select public.cogcommit_pull(null, $1)::jsonb::text", [maxBytes], () => Model.Pull(null, maxBytes))
        : AssertSameAsync(
            "select public.cogcommit_pull(jsonb_build_object('seq', $1, 'push_id', $2), $3)::jsonb::text",
            [cursor.Seq, cursor.PushId, maxBytes],
            () => Model.Pull(cursor, maxBytes));

    public Task DigestAsync(string? after, int maxRows) => AssertSameAsync(
        "select public.cogcommit_digest($1::text, $2)::text", [(object?)after ?? DBNull.Value, maxRows], () => Model.Digest(after, maxRows));

    public async Task WipeAsync(bool dryRun)
    {
        // Of the answer only the mark tells PostgreSQL's clock.
        await AssertSameAsync("select public.cogcommit_wipe($1)::text", [dryRun], () => Model.Wipe(dryRun), clockIn: dryRun ? null : "wiped_at");
        await AssertSameRowsAsync();
    }

    public async Task SetQuotaAsync(int commits, long bytes)
    {
        await database.ScalarAsync(
            """
            insert into public.user_quotas (user_id, commit_limit, storage_limit_bytes) values ($1, $2, $3)
            on conflict (user_id) do update set commit_limit = excluded.commit_limit, storage_limit_bytes = excluded.storage_limit_bytes
            """,
            user.Id, commits, bytes);
        (Model.CommitLimit, Model.StorageLimitBytes) = (commits, bytes);
    }

    /// <summary>So many rows more and the caps are met.</summary>
    public async Task FillAsync(int room)
    {
        if (Model.Head is { } head)
        {
            await database.ScalarAsync(
                "update public.sync_heads set commit_rows = 100000 - $2, session_rows = 400000 - $2, turn_rows = 4000000 - $2, visual_rows = 100000 - $2 where user_id = $1",
                user.Id, room);
            Model.State.Head = head with { CommitRows = 100_000 - room, SessionRows = 400_000 - room, TurnRows = 4_000_000 - room, VisualRows = 100_000 - room };
        }
    }

    /// <summary>As if this commit had been deleted so long ago.</summary>
    public async Task BackdateAsync(string commitId, TimeSpan ago)
    {
        var at = Timestamps.Cut(clock.GetUtcNow() - ago);
        await database.ScalarAsync(
            "update public.cognitive_commits set deleted_at = $3, purge_after = null where user_id = $1 and local_id = $2", user.Id, Guid.Parse(commitId), at.UtcDateTime);
        var commit = Model.State.Commits[commitId];
        Model.State.Put(commit with { Curated = commit.Curated with { DeletedAt = Times.Of(at) }, PurgeAfter = null });
    }

    public Task<Backup> BackUpAsync() => Backup.OfAsync(database, user.Id, Model);

    public Task PlayBackAsync(Backup backup) => backup.PlayBackAsync(database, user.Id, Model);

    private async Task AssertSameAsync(string sql, object[] parameters, Func<JsonElement> ask, string? clockIn = "now")
    {
        string expected;
        var words = "";
        try
        {
            var text = (await user.ScalarAsync(sql, parameters))!;
            SetClock(text, clockIn);
            expected = Canonical.Of(text);
        }
        catch (PostgresException refused)
        {
            expected = Refusal(refused.SqlState, refused.MessageText);
            words = $" ({refused.MessageText[..Math.Min(200, refused.MessageText.Length)]} {refused.Where})";
        }

        string actual;
        try
        {
            actual = Canonical.Of(ask());
        }
        catch (ModelRefusedException refused)
        {
            actual = Refusal(refused.SqlState, refused.Message);
        }

        AssertSame($"answer{words}", expected, actual);
    }

    private async Task AssertSameRowsAsync()
    {
        AssertSame("rows", Canonical.Of((await database.ScalarAsync(TableRows.Sql, user.Id))!), Canonical.Of(ModelRows.Of(Model)));
        Sums.AssertRight(Model);
    }

    private void SetClock(string answer, string? member)
    {
        if (answer.Contains($"\"{member}\": \"", StringComparison.Ordinal))
        {
            using var json = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 2_000 });
            var told = DateTimeOffset.Parse(json.RootElement.GetProperty(member!).GetString()!, CultureInfo.InvariantCulture);
            // A wipe of what is empty already tells of the one before.
            clock.SetUtcNow(told > clock.GetUtcNow() ? told : clock.GetUtcNow());
        }
    }

    // Of what the functions say themselves the words count too.
    private static string Refusal(string state, string message) => state is "22023" or "PT410" or "PT413" ? $"{state} {message}" : state;

    /// <summary>What stands on lines of only one of them.</summary>
    private static void AssertSame(string what, string expected, string actual)
    {
        if (expected != actual)
        {
            Assert.Fail($"The {what} of PostgreSQL has\n{Without(expected, actual)}\nand that of the model\n{Without(actual, expected)}");
        }
    }

    private static string Without(string text, string other) =>
        string.Join('\n', text.Split('\n').Except(other.Split('\n')).Select(line => line[..Math.Min(2_000, line.Length)]));
}

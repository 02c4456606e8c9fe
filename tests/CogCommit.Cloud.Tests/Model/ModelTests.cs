using System.Globalization;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.Core.Cloud;
using CogCommit.Testing;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>The simulation's cloud is a model of the SQL: the same random batches go to both, and every answer and every row is compared.</summary>
public sealed class ModelTests(PostgresFixture postgres) : SqlTests(postgres)
{
    private const int BatchesOfOneUser = 30;

    [Fact]
    [Trait("Soak", "batches")]
    public async Task The_model_answers_and_stores_what_PostgreSQL_does()
    {
        // A seed that failed, alone: it does the same again.
        if (Environment.GetEnvironmentVariable("COGCOMMIT_BATCH_SEED") is { Length: > 0 } one)
        {
            await RunAsync(int.Parse(one, CultureInfo.InvariantCulture));
            return;
        }

        var users = (Figures.Wanted("COGCOMMIT_BATCHES", 300) + BatchesOfOneUser - 1) / BatchesOfOneUser;
        for (var seed = 1; seed <= users; seed++)
        {
            await RunAsync(seed);
        }

        Figures.Record("batches compared with the model", users * BatchesOfOneUser);
    }

    private async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        // Ids decide ties: they come from the seed too.
        var user = new CloudUserSession(Cloud, Guid.Parse(RandomRows.NewId(random)), null);
        await Cloud.ScalarAsync("insert into auth.users (id) values ($1)", user.Id);
        var pair = new CloudPair(Cloud, user);
        var batches = new RandomBatches(random, DateTimeOffset.UtcNow);
        await pair.SetQuotaAsync(random.Next(3) == 0 ? random.Next(1, 6) : 250, random.Next(3) == 0 ? random.Next(50, 500) : 1_000_000);

        Backup? backup = null;
        var cursors = new List<CloudCursor>();
        for (var n = 0; n < BatchesOfOneUser; n++)
        {
            var batch = batches.Next(pair.Model.Head?.Seq ?? 0);
            try
            {
                await pair.PushAsync(batch);
                await ReadAsync(pair, random, cursors);
                backup = await DisturbAsync(pair, random, backup);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException(
                    $"Seed {seed}, batch {n} (COGCOMMIT_BATCH_SEED={seed} does it again): {e.Message}\n{(batch.Length > 6_000 ? batch[..6_000] + "..." : batch)}", e);
            }
        }
    }

    /// <param name="pair">Both clouds.</param>
    /// <param name="random">What is read.</param>
    /// <param name="cursors">Where devices ended once, also before what was wiped or played back since.</param>
    private static async Task ReadAsync(CloudPair pair, Random random, List<CloudCursor> cursors)
    {
        var pushes = pair.Model.Pushes;
        var known = pushes.Count > 0 ? pushes[random.Next(pushes.Count)] : null;
        if (pushes.Count > 0)
        {
            cursors.Add(new CloudCursor(pushes[^1].Seq, pushes[^1].PushId));
        }

        var cursor = random.Next(8) switch
        {
            0 or 1 => null,
            2 => new CloudCursor(random.Next(-1, 40), RandomRows.NewId(random)),
            3 when cursors.Count > 0 => cursors[random.Next(cursors.Count)],
            4 when random.Next(4) == 0 => new CloudCursor(known?.Seq ?? 0, known?.PushId.ToUpperInvariant() ?? "none"),
            _ => known is null ? null : new CloudCursor(known.Seq, known.PushId),
        };
        await pair.PullAsync(cursor, random.GetItems([-1, 0, 1_000, 4_000, 20_000, 1 << 20, int.MaxValue], 1)[0]);
        if (random.Next(2) == 0)
        {
            var after = random.Next(2) == 0 ? null : pair.Model.Commits.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? "none";
            await pair.DigestAsync(after, random.Next(-1, 6));
        }
    }

    /// <summary>What happens to a cloud from elsewhere than from devices.</summary>
    private static async Task<Backup?> DisturbAsync(CloudPair pair, Random random, Backup? backup)
    {
        switch (random.Next(24))
        {
            case 0:
                return await pair.BackUpAsync();
            case 1 when backup is not null:
                await pair.PlayBackAsync(backup);
                break;
            case 2:
                await pair.SetQuotaAsync(random.Next(1, 10), random.Next(20, 2_000));
                break;
            case >= 10 and <= 13:
                // Close to what there is.
                await pair.SetQuotaAsync(250, Math.Max(0, (pair.Model.Head?.Bytes ?? 0) + random.Next(-20, 60)));
                break;
            case 3 when random.Next(4) == 0:
                await pair.FillAsync(random.Next(0, 4));
                break;
            case 4:
                await pair.WipeAsync(dryRun: true);
                break;
            case 5 when random.Next(2) == 0:
                await pair.WipeAsync(dryRun: false);
                break;
            case >= 6 and <= 9 when pair.Model.State.Deleted.Count > 0:
                var deleted = pair.Model.State.Deleted.Order(StringComparer.Ordinal).ToList();
                await pair.BackdateAsync(deleted[random.Next(deleted.Count)], TimeSpan.FromDays(random.GetItems([29, 31, 40], 1)[0]));
                break;
        }

        return backup;
    }
}

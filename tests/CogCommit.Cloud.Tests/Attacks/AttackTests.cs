using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.Testing;
using Npgsql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// A database in which an honest user has a row in every table, and an attacker who is signed in as somebody else. However a test ends,
/// what is not the attacker's must be there as it was, byte by byte, and no answer may tell of it.
/// </summary>
public abstract partial class AttackTests(PostgresFixture postgres) : SqlTests(postgres)
{
    // Attackers come at once, too: one whose id were lost would be taken for somebody whose rows had changed.
    private readonly ConcurrentQueue<Guid> attackers = [];
    private string before = "";
    private int tried;

    internal Honest Victim { get; private set; } = null!;

    protected CloudUserSession VictimSession { get; private set; } = null!;

    protected CloudUserSession Attacker { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        VictimSession = await Cloud.AddUserAsync("honest");
        Victim = Honest.New(VictimSession.Id);
        await VictimSession.PushAsync(Victim.Everything());
        await Cloud.ScalarAsync(
            "insert into storage.objects (bucket_id, name, owner_id, version, metadata) select 'visuals', path, user_id::text, gen_random_uuid()::text, '{\"size\": 10}' from public.visuals");
        Attacker = await NewAttackerAsync();
        before = await Standing.WithoutAsync(Cloud.Source, [.. attackers]);
        Assert.Contains(Victim.Secret, before, StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        // Here, so that no attack can forget it.
        Assert.Equal(before, await Standing.WithoutAsync(Cloud.Source, [.. attackers]));
        Assert.True(tried > 0, "no attack was made");
        Figures.Record("policy cases tried", tried);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<CloudUserSession> NewAttackerAsync()
    {
        var attacker = await Cloud.AddUserAsync("attacker");
        attackers.Enqueue(attacker.Id);
        return attacker;
    }

    /// <summary>One variant of an attack, by SQL with an attacker's claims: its answer, or the error's code and words.</summary>
    protected async Task<string> TryAsync(string sql, params object[] parameters) => await TryAsync(Attacker, sql, parameters);

    protected async Task<string> TryAsync(CloudUserSession attacker, string sql, params object[] parameters)
    {
        string answer;
        try
        {
            answer = await attacker.ScalarAsync(sql, parameters) ?? "null";
        }
        catch (PostgresException e)
        {
            answer = $"{e.SqlState} {e.MessageText} {e.Detail} {e.Hint}";
        }

        Tried(answer, sql);
        return answer;
    }

    protected async Task<JsonObject> PushAsync(JsonObject batch, CloudUserSession? attacker = null)
    {
        var answer = await (attacker ?? Attacker).PushAsync(batch);
        Tried(answer.ToJsonString(), "push");
        return answer;
    }

    protected void Tried(string? answer, string attack, int variants = 1)
    {
        Interlocked.Add(ref tried, variants);
        Victim.AssertNotIn(answer, attack);
    }

    /// <summary>An answer without what differs between any two users at any two times.</summary>
    protected static string Anonymous(JsonObject answer, params (string From, string To)[] ids)
    {
        var text = Times().Replace(Paths().Replace(Pushes().Replace(answer.ToJsonString(), "PUSH"), "PATH"), "TIME").ToLowerInvariant();
        return ids.Aggregate(text, (known, id) => known.Replace(id.From, id.To, StringComparison.Ordinal));
    }

    // The cloud names a push by its time.
    [GeneratedRegex(""""push_id":"[0-9a-f-]{36}"""")]
    private static partial Regex Pushes();

    [GeneratedRegex("""[0-9a-f-]{36}/[0-9a-f-]{36}/[0-9a-f-]{36}""")]
    private static partial Regex Paths();

    [GeneratedRegex("""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z""")]
    private static partial Regex Times();
}

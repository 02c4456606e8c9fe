using System.Text.Json.Nodes;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>What one signed-in user's devices say to the cloud.</summary>
public sealed class CloudUserSession(CloudDatabase database, Guid id, string? name)
{
    public Guid Id => id;

    public JsonObject Claims => new()
    {
        ["sub"] = id.ToString(),
        ["role"] = "authenticated",
        ["user_metadata"] = name is null ? new JsonObject() : new JsonObject { ["user_name"] = name, ["provider_id"] = "4711" },
    };

    public async Task<JsonObject> PushAsync(JsonObject batch) => Parse(await ScalarAsync("select public.cogcommit_push($1)::text", batch));

    public async Task<JsonObject> PullAsync(JsonNode? cursor = null, int maxBytes = 1 << 20) => Parse(cursor is null
        ? await ScalarAsync("select public.cogcommit_pull(null, $1)::text", maxBytes)
        : await ScalarAsync("select public.cogcommit_pull($1, $2)::text", cursor, maxBytes));

    public async Task<JsonObject> DigestAsync(string? after = null, int maxRows = 1000) => Parse(
        await ScalarAsync("select public.cogcommit_digest(nullif($1, ''), $2)::text", after ?? "", maxRows));

    public Task<string?> ScalarAsync(string sql, params object[] parameters) => database.ScalarAsync("authenticated", Claims, sql, parameters);

    private static JsonObject Parse(string? json) => JsonNode.Parse(json!)!.AsObject();
}

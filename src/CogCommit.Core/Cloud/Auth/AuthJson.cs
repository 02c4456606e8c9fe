using System.Text.Json;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>The text of auth.json. The two tokens stand in one value, so that the whole of it can be protected.</summary>
internal static class AuthJson
{
    private const int Version = 1;

    public static byte[] Write(AuthSession session, TokenProtection? protection)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("url", session.Url.GetLeftPart(UriPartial.Authority));
            json.WriteString("anon_key", session.AnonKey);
            json.WriteString("user_id", session.UserId);
            json.WriteString("user_name", session.UserName);
            json.WriteString("expires_at", Timestamps.ToText(session.ExpiresAt));
            if (protection is null)
            {
                json.WritePropertyName("tokens");
                WriteTokens(json, session);
            }
            else
            {
                json.WriteString("protection", protection.Name);
                json.WriteBase64String("protected_tokens", protection.Protect(Tokens(session)));
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static AuthSession Read(byte[] bytes, TokenProtection? protection)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (root.GetProperty("version").GetInt32() != Version)
        {
            throw new FormatException("another version");
        }

        using var tokens = protection is null
            ? JsonDocument.Parse(root.GetProperty("tokens").GetRawText())
            : JsonDocument.Parse(protection.Unprotect(root.GetProperty("protected_tokens").GetBytesFromBase64()));
        return new AuthSession(
            CloudAddress.Check(new Uri(Text(root, "url"))),
            Word(root, "anon_key"),
            Text(root, "user_id"),
            root.GetProperty("user_name").GetString(),
            new HiddenText(Word(tokens.RootElement, "access")),
            new HiddenText(Word(tokens.RootElement, "refresh")),
            Timestamps.Parse(Text(root, "expires_at")))
        {
            BegunWith = tokens.RootElement.TryGetProperty("begun_with", out var begunWith) ? begunWith.GetString() : null,
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException(name);

    /// <summary>What travels in a header of HTTP.</summary>
    private static string Word(JsonElement element, string name) =>
        Text(element, name) is var text && text.All(c => c is > ' ' and <= '~') ? text : throw new FormatException(name);

    private static byte[] Tokens(AuthSession session)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            WriteTokens(json, session);
        }

        return stream.ToArray();
    }

    private static void WriteTokens(Utf8JsonWriter json, AuthSession session)
    {
        json.WriteStartObject();
        json.WriteString("access", session.AccessToken.Reveal());
        json.WriteString("refresh", session.RefreshToken.Reveal());
        if (session.BegunWith is not null)
        {
            json.WriteString("begun_with", session.BegunWith);
        }

        json.WriteEndObject();
    }
}

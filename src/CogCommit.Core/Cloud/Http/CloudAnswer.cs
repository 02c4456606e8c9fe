using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CogCommit.Core.Cloud.Http;

/// <summary>What came back, read to its end.</summary>
internal sealed record CloudAnswer(HttpStatusCode Status, string? ContentType, byte[] Body, TimeSpan? RetryAfter)
{
    /// <summary>What the request carried that nobody may read: a server that repeats it in its errors is not repeated.</summary>
    public IReadOnlyList<HiddenText> Hide { get; init; } = [];

    /// <summary>Where something that was made is found.</summary>
    public Uri? Location { get; init; }

    /// <summary>How many bytes of a resumable upload the cloud has.</summary>
    public long? UploadOffset { get; init; }

    public bool Succeeded => (int)Status is >= 200 and < 300;

    /// <summary>Another try may help: the cloud is busy, restarting, or asks to wait.</summary>
    public bool IsTransient => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)Status >= 500;

    /// <exception cref="CogCommitException">The body is no JSON: something else than the cloud has answered.</exception>
    public JsonElement Json(Uri url)
    {
        if (TryJson() is { } json)
        {
            return json;
        }

        throw new CogCommitException(
            "CloudAnswerUnreadable",
            $"What answered at {url.GetLeftPart(UriPartial.Authority)} is no CogCommit cloud: {(int)Status} with {Body.Length} bytes of {ContentType ?? "no stated type"} " +
            "that are no JSON. A proxy or the log-in page of this network may stand between, or the address is wrong. Nothing is lost; open the address in a browser to see.",
            ErrorKind.Unavailable);
    }

    public JsonElement? TryJson()
    {
        try
        {
            using var document = JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 1024 });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of the first of these fields that the body has, for a person: one line, not long.</summary>
    public string? Text(params string[] fields)
    {
        if (TryJson() is not { ValueKind: JsonValueKind.Object } body)
        {
            return null;
        }

        foreach (var field in fields)
        {
            if (body.TryGetProperty(field, out var value) && TextOf(value) is { Length: > 0 } text)
            {
                var shown = Hide.Aggregate(text, (part, hidden) => hidden.HideIn(part));
                var line = new string(shown.Select(c => char.IsControl(c) ? ' ' : c).ToArray());
                return line.Length <= 500 ? line : line[..500];
            }
        }

        return null;
    }

    /// <summary>As <see cref="Text"/>, of an answer that may be no JSON.</summary>
    public string Words()
    {
        if (Text("message", "msg", "error") is { } text)
        {
            return text;
        }

        var plain = Body.Length is > 0 and <= 2000 && ContentType is "text/plain" ? Encoding.UTF8.GetString(Body) : "no reason given";
        return new string([.. Hide.Aggregate(plain, (part, hidden) => hidden.HideIn(part)).Select(c => char.IsControl(c) ? ' ' : c).Take(500)]);
    }

    /// <summary>A policy refused it: Storage says 403 of that too.</summary>
    public bool IsRefusedByPolicy => Status == HttpStatusCode.Forbidden && Words().Contains("row-level security", StringComparison.Ordinal);

    /// <summary>Storage refuses the token itself, not what was asked with it.</summary>
    public bool RefusesStorageToken => Status == HttpStatusCode.Forbidden && FromStorage && !IsRefusedByPolicy;

    private bool FromStorage { get; init; }

    /// <summary>Storage says 400 of every error, and in the body the status that it means.</summary>
    public CloudAnswer AsMeantByStorage() =>
        Status == HttpStatusCode.BadRequest && int.TryParse(Text("statusCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var meant) && meant is >= 400 and <= 599
            ? this with { Status = (HttpStatusCode)meant, FromStorage = true }
            : this with { FromStorage = true };

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: JSON, but no text.
            return null;
        }
    }
}

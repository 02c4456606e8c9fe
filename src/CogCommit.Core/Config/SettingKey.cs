using System.Text.Json.Nodes;

namespace CogCommit.Core.Config;

/// <summary>One thing that can be set: its name in config.json, what it does, and which values it takes.</summary>
/// <param name="Name">Also how users call it.</param>
/// <param name="Description">For the list of settings.</param>
/// <param name="Default">Null: nothing unless set.</param>
/// <param name="Read">From any form a caller or the file may give to the value's own type; throws <see cref="FormatException"/> with what is allowed.</param>
internal sealed record SettingKey(string Name, string Description, object? Default, Func<object, object?> Read)
{
    /// <summary>All values it takes, where these are few: texts, or true and false.</summary>
    public IReadOnlyList<object> Choices { get; init; } = [];

    /// <summary>A value may hold a password or a key, even a mistyped one: errors do not repeat it.</summary>
    public bool IsUnspoken { get; init; }

    public static readonly SettingKey Storage = new(
        "storage",
        "Where the history lives: cloud (synced, once somebody signed in) or local (this machine alone: nothing is sent or brought).",
        "cloud",
        value => Text(value) switch
        {
            "local" => "local",
            "cloud" => "cloud",
            _ => throw new FormatException("It is 'local' or 'cloud'."),
        }) { Choices = ["local", "cloud"] };

    public static readonly SettingKey ContinuousSync = new(
        "continuous-sync", "Whether Watch-CogCommit and the daemon sync by themselves. Without it they only capture.", true, value => Switch(value)) { Choices = [true, false] };

    public static readonly SettingKey AnalyticsOptIn = new(
        "analytics-opt-in", "Whether anonymous counts may be shared. Kept for the original's sake; nothing reads it yet, and none are shared.", false, value => Switch(value)) { Choices = [true, false] };

    public static readonly SettingKey ExcludeProjects = new(
        "exclude-projects", "Names of projects, wildcards allowed, whose transcripts are never read.", Array.Empty<string>(), Names);

    public static readonly SettingKey VisualCacheTtl = new(
        "visual-cache-ttl", "How long a picture that was fetched from the cloud is kept after it was last used.", "30d", VisualCacheValues.TimeToLive);

    public static readonly SettingKey VisualCacheSize = new(
        "visual-cache-size", "How much all pictures that were fetched from the cloud may take on this machine.", "500MB", VisualCacheValues.Size);

    public static readonly SettingKey SyncDebounce = Lasting(
        "sync-debounce", "How long nothing may change before what waits is sent by itself.", "500ms", TimeSpan.Zero, TimeSpan.FromMinutes(1));

    public static readonly SettingKey SyncMaxWait = Lasting(
        "sync-max-wait", "How long what waits is held back at most while more comes.", "5s", TimeSpan.Zero, TimeSpan.FromHours(1));

    public static readonly SettingKey PullInterval = Lasting(
        "pull-interval", "How often the cloud is asked for news although it tells of them; where it does not, each minute at least.", "5m", TimeSpan.FromSeconds(30), TimeSpan.FromDays(1));

    public static readonly SettingKey SessionIdle = Lasting(
        "session-idle", "How long an agent session says nothing before Watch-CogCommit tells that it ended. Commits are not cut by that.", "30m", TimeSpan.FromSeconds(10), TimeSpan.FromDays(7));

    public static readonly SettingKey SupabaseUrl = new(
        "supabase-url", "The address of the Supabase project, https://<project>.supabase.co, or of a local cloud.", null, Address) { IsUnspoken = true };

    public static readonly SettingKey SupabaseAnonKey = new(
        "supabase-anon-key", "The public (anon) key of the Supabase project.", null, Key) { IsUnspoken = true };

    public static readonly IReadOnlyList<SettingKey> All =
        [
            Storage, ContinuousSync, AnalyticsOptIn, ExcludeProjects, SyncDebounce, SyncMaxWait, PullInterval, SessionIdle, VisualCacheTtl, VisualCacheSize,
            SupabaseUrl, SupabaseAnonKey,
        ];

    /// <exception cref="CogCommitException">UnknownConfigKey, which lists the known ones.</exception>
    public static SettingKey Named(string name) =>
        All.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CogCommitException(
            "UnknownConfigKey",
            $"'{name}' is no setting. The settings are {string.Join(", ", All.Select(key => key.Name))}.",
            ErrorKind.InvalidArgument);

    private static string Text(object value) => value as string ?? throw new FormatException("It is a text.");

    private static bool Switch(object value) => value switch
    {
        bool on => on,
        string text when bool.TryParse(text, out var on) => on,
        _ => throw new FormatException("It is true or false."),
    };

    private static SettingKey Lasting(string name, string description, string usual, TimeSpan shortest, TimeSpan longest) =>
        new(name, description, usual, value => DurationText.Of(DurationText.Read(value, shortest, longest)));

    private static string[] Names(object value)
    {
        string[] names = value switch
        {
            string name => name.Length == 0 ? [] : [name],
            IEnumerable<string> several => [.. several],
            _ => throw new FormatException("It is a list of project names."),
        };
        return names.All(name => !string.IsNullOrWhiteSpace(name))
            ? names
            : throw new FormatException("The name of a project is not empty.");
    }

    private static Uri? Address(object value)
    {
        if (value is string { Length: 0 })
        {
            return null;
        }
        var isAddress = Uri.TryCreate(value.ToString(), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0;
        return isAddress
            ? address
            : throw new FormatException("It is an address that begins with https://, or with http:// on this machine, without user, query or fragment.");
    }

    private static string? Key(object value)
    {
        var text = Text(value).Trim();
        return text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? throw new FormatException("It is one word without white space.")
            : text.Length == 0 ? null : text;
    }

    /// <summary>The form in config.json.</summary>
    public static JsonNode? Write(object? value) => value switch
    {
        null => null,
        bool on => JsonValue.Create(on),
        string[] names => new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
        _ => JsonValue.Create(value is Uri address ? address.AbsoluteUri : (string)value),
    };
}

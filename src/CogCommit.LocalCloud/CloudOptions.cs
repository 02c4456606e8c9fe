namespace CogCommit.LocalCloud;

/// <summary>What the local cloud is told on its command line.</summary>
public sealed record CloudOptions
{
    public const string Usage =
        "CogCommit.LocalCloud --data <folder> [--urls http://127.0.0.1:54321] [--postgres <connection string>] [--secret <text>] " +
        "[--allow-host <name>] [--stop-with-parent]";

    /// <summary>Where the keys, the private PostgreSQL cluster and the uploaded files lie.</summary>
    public required string DataFolder { get; init; }

    /// <summary>One address to listen on; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:54321";

    /// <summary>A database to use instead of a private cluster.</summary>
    public string? PostgresConnection { get; init; }

    /// <summary>How the private cluster is run.</summary>
    public Postgres.ClusterOptions? Cluster { get; init; }

    /// <summary>What a person types on the sign-in page; made up and kept in the data folder where it is not given.</summary>
    public string? Secret { get; init; }

    /// <summary>Names under which other machines of the house reach this one.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Stops when standard input closes, so that a parent that dies leaves nothing behind.</summary>
    public bool StopWithParent { get; init; }

    /// <exception cref="ArgumentException">An option is unknown, has no value, or --data is missing.</exception>
    public static CloudOptions Parse(IReadOnlyList<string> arguments)
    {
        string? data = null;
        var options = new CloudOptions { DataFolder = "" };
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--stop-with-parent":
                    options = options with { StopWithParent = true };
                    break;
                case "--data":
                    data = Path.GetFullPath(Value());
                    break;
                case "--urls":
                    options = options with { Url = Value() };
                    break;
                case "--postgres":
                    options = options with { PostgresConnection = Value() };
                    break;
                case "--secret":
                    options = options with { Secret = Value() };
                    break;
                case "--allow-host":
                    options = options with { AllowedHosts = [.. options.AllowedHosts, Value()] };
                    break;
                default:
                    throw new ArgumentException($"Unknown option '{arguments[i]}'. Usage: {Usage}");
            }

            string Value() => i + 1 < arguments.Count && arguments[i + 1].Length > 0
                ? arguments[++i]
                : throw new ArgumentException($"'{arguments[i]}' needs a value. Usage: {Usage}");
        }

        return data is null
            ? throw new ArgumentException($"--data is missing: the folder for the cloud's keys, database and files. Usage: {Usage}")
            : options with { DataFolder = data };
    }
}

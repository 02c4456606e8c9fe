namespace CogCommit.LocalCloud.Postgres;

/// <summary>PostgreSQL cannot be had on this machine as it is. The message says what to do about it.</summary>
public sealed class PostgresUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

using Npgsql;

namespace CogCommit.LocalCloud.Rest;

/// <summary>Connections for the callers' own statements; those of the cloud itself are others.</summary>
internal sealed record RestDatabase(NpgsqlDataSource Source);

using CogCommit.LocalCloud.Rest;
using Npgsql;

namespace CogCommit.LocalCloud.Storage;

/// <summary>What the object endpoints work with: callers' connections, the cloud's own, and the files.</summary>
internal sealed record StorageServices(RestDatabase Callers, NpgsqlDataSource Database, CloudTokens Tokens, ObjectFiles Files);

using System.Text.Json.Nodes;
using CogCommit.LocalCloud.Rest;
using Npgsql;

namespace CogCommit.LocalCloud.Storage;

/// <summary>The objects' rows in storage.objects, asked and written as the caller: who may do what is decided there, by PostgreSQL.</summary>
internal sealed class ObjectRows(RestDatabase callers, NpgsqlDataSource database)
{
    /// <summary>The largest object that the bucket takes, in bytes.</summary>
    /// <exception cref="StorageFault">There is no such bucket, or it takes nothing of this type.</exception>
    public async Task<long> LimitAsync(string bucket, string type, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select file_size_limit, allowed_mime_types from storage.buckets where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = bucket });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new StorageFault(404, "Bucket not found", "Bucket not found");
        }

        if (!await reader.IsDBNullAsync(1, cancellationToken) && !reader.GetFieldValue<string[]>(1).Contains(type))
        {
            throw new StorageFault(415, "invalid_mime_type", $"mime type {type} is not supported");
        }

        return await reader.IsDBNullAsync(0, cancellationToken) ? 50 * 1024 * 1024 : reader.GetInt64(0);
    }

    /// <summary>Whether the caller may add this, before a byte of it is taken: it is added, and that is taken back.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="upload">What is to come.</param>
    /// <param name="length">As the request says; null: it does not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task CheckAsync(Caller caller, ObjectUpload upload, long? length, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject { ["mimetype"] = upload.Type };
        if (length is { } bytes)
        {
            metadata["contentLength"] = bytes;
        }

        await using var transaction = await CallerTransaction.BeginAsync(callers.Source, caller, readOnly: false, cancellationToken);
        await InsertAsync(transaction, caller, upload, Guid.NewGuid(), metadata, cancellationToken);
    }

    /// <summary>The object is there from now on.</summary>
    /// <returns>The version that it replaced.</returns>
    public async Task<Guid?> AddAsync(Caller caller, ObjectUpload upload, Guid version, long size, CancellationToken cancellationToken)
    {
        await using var transaction = await CallerTransaction.BeginAsync(callers.Source, caller, readOnly: false, cancellationToken);
        Guid? before = null;
        if (upload.Replaces)
        {
            // Locked, so that of two that replace it at once the second knows of the first.
            var sql = new SqlText().Words("select version from storage.objects where bucket_id = ").Value(upload.Bucket).Words(" and name = ").Value(upload.Name).Words(" for update");
            await using var command = transaction.Command(sql);
            before = await command.ExecuteScalarAsync(cancellationToken) is string found ? Guid.Parse(found) : null;
        }

        var metadata = new JsonObject { ["size"] = size, ["contentLength"] = size, ["mimetype"] = upload.Type, ["eTag"] = $"\"{version:N}\"" };
        await InsertAsync(transaction, caller, upload, version, metadata, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return before;
    }

    /// <summary>Null where the caller sees none.</summary>
    public async Task<(Guid Version, string Type)?> FindAsync(Caller caller, string bucket, string name, CancellationToken cancellationToken)
    {
        await using var transaction = await CallerTransaction.BeginAsync(callers.Source, caller, readOnly: true, cancellationToken);
        var sql = new SqlText().Words("select version, coalesce(metadata ->> 'mimetype', 'application/octet-stream') from storage.objects where bucket_id = ")
            .Value(bucket).Words(" and name = ").Value(name);
        await using var command = transaction.Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (Guid.Parse(reader.GetString(0)), reader.GetString(1)) : null;
    }

    /// <summary>Removes those of them that the caller may remove, and gives which.</summary>
    public async Task<List<(string Name, Guid Version)>> RemoveAsync(Caller caller, string bucket, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var removed = new List<(string, Guid)>();
        await using var transaction = await CallerTransaction.BeginAsync(callers.Source, caller, readOnly: false, cancellationToken);
        foreach (var name in names)
        {
            var sql = new SqlText().Words("delete from storage.objects where bucket_id = ").Value(bucket).Words(" and name = ").Value(name).Words(" returning version");
            await using var command = transaction.Command(sql);
            if (await command.ExecuteScalarAsync(cancellationToken) is string version)
            {
                removed.Add((name, Guid.Parse(version)));
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return removed;
    }

    /// <summary>The versions of all objects of everybody.</summary>
    public async Task<HashSet<Guid>> VersionsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select version from storage.objects where version is not null");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (Guid.TryParse(reader.GetString(0), out var version))
            {
                versions.Add(version);
            }
        }

        return versions;
    }

    private static async Task InsertAsync(
        CallerTransaction transaction, Caller caller, ObjectUpload upload, Guid version, JsonObject metadata, CancellationToken cancellationToken)
    {
        var owner = caller.UserId?.ToString("D");
        var sql = new SqlText().Words("insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata) values (")
            .Value(upload.Bucket).Words(", ").Value(upload.Name).Words(", ").Value(owner).Words(", ").Value(owner)
            .Words(", ").Value(version.ToString("D")).Words(", ").Value(metadata.ToJsonString()).Words(")");
        if (upload.Replaces)
        {
            sql.Words(" on conflict (bucket_id, name) do update set version = excluded.version, metadata = excluded.metadata, updated_at = now()");
        }

        await using var command = transaction.Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

using System.Text.Json.Nodes;
using CogCommit.LocalCloud;
using CogCommit.LocalCloud.Postgres;
using Npgsql;

CloudServer cloud;
CloudOptions options;
try
{
    options = CloudOptions.Parse(args);
    cloud = await CloudServer.StartAsync(options);
}
catch (Exception e) when (e is ArgumentException or PostgresUnavailableException or NpgsqlException or IOException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await using (cloud)
{
    Console.WriteLine(new JsonObject
    {
        ["url"] = cloud.Url.GetLeftPart(UriPartial.Authority),
        ["anonKey"] = cloud.AnonKey,
        ["secret"] = cloud.Secret,
    }.ToJsonString());
    if (options.StopWithParent)
    {
        _ = Task.Run(async () =>
        {
            while (await Console.In.ReadLineAsync() is not null)
            {
            }

            cloud.RequestShutdown();
        });
    }

    await cloud.WaitForShutdownAsync();
}

return 0;

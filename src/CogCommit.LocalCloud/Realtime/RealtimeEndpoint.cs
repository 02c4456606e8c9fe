using System.Text.Json.Nodes;

namespace CogCommit.LocalCloud.Realtime;

/// <summary>/realtime/v1/websocket: Phoenix channels with broadcasts from the database, on private topics alone.</summary>
internal static class RealtimeEndpoint
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/realtime/v1/websocket", AcceptAsync);

    private static async Task AcceptAsync(HttpContext context, RealtimeServices services, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Results.Json(new JsonObject { ["error"] = "A websocket is wanted here" }, statusCode: StatusCodes.Status426UpgradeRequired).ExecuteAsync(context);
            return;
        }

        if (PhoenixWire.Of(context.Request.Query["vsn"]) is not { } wire)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var session = new RealtimeSession(socket, wire, services.Tokens.AnonKey, services, end.Token);
        services.Feed.Add(session);
        try
        {
            await session.RunAsync();
        }
        finally
        {
            services.Feed.Remove(session);
        }
    }
}

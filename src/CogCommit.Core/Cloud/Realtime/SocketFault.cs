using System.Net;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Core.Cloud.Realtime;

/// <summary>A connection that was not made, or that ended.</summary>
/// <param name="reason">A sentence for the reader; of what the system says only that which names no address.</param>
/// <param name="refused">Trying again soon does not change it.</param>
/// <param name="wait">How long the server asks to wait.</param>
/// <param name="cause">The system's own error.</param>
internal sealed class SocketFault(string reason, bool refused, TimeSpan? wait, Exception? cause) : Exception(reason, cause)
{
    public bool Refused { get; } = refused;

    public TimeSpan? Wait { get; } = wait;

    public static SocketFault OfConnect(HttpStatusCode status, Exception e, TimeSpan? wait) => status switch
    {
        0 => new SocketFault("The cloud cannot be reached: " + Why(e), false, wait, e),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SocketFault($"The cloud refuses the connection ({(int)status}): Realtime does not take this project's public key, or is switched off there.", true, wait, e),
        HttpStatusCode.NotFound => new SocketFault("The cloud has no Realtime (404).", true, wait, e),
        _ => new SocketFault($"The cloud refuses the connection ({(int)status}).", false, wait, e),
    };

    public static SocketFault Broken(Exception e) => new("The connection to the cloud broke.", false, null, e);

    public static SocketFault Closed() => new("The cloud closed the connection.", false, null, null);

    public static SocketFault TooLarge() => new($"The cloud sent a message of more than {PhoenixFrame.MostBytes / 1024} KB.", false, null, null);

    private static string Why(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException request)
            {
                return CloudHttp.Reason(request);
            }
        }

        return "no connection could be made.";
    }
}

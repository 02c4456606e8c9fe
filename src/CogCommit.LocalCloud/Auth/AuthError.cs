using System.Text.Json.Nodes;

namespace CogCommit.LocalCloud.Auth;

/// <summary>An error in the form of Supabase Auth.</summary>
internal static class AuthError
{
    public static IResult Of(int status, string code, string message) =>
        Results.Json(new JsonObject { ["code"] = status, ["error_code"] = code, ["msg"] = message }, statusCode: status);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace CogCommit.LocalCloud.Auth;

/// <summary><c>/auth/v1/authorize</c>: the browser comes, signs in, and goes back with a code.</summary>
internal static partial class AuthorizeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/auth/v1/authorize", Ask);
        routes.MapPost("/auth/v1/authorize", Answer).DisableAntiforgery();
    }

    private static IResult Ask(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["provider"] != "github")
        {
            return AuthError.Of(400, "validation_failed", "Unsupported provider: only github is served here, by a page of this cloud's own");
        }

        if (query["code_challenge_method"].ToString() is not ("s256" or "S256"))
        {
            return AuthError.Of(400, "validation_failed", "PKCE flow method must be S256");
        }

        var form = new SignInForm(query["redirect_to"].ToString(), query["code_challenge"].ToString());
        return Fault(form) is { } fault ? fault : SignInPage.Show(context, form);
    }

    private static async Task<IResult> Answer(
        HttpContext context, AuthStore store, SignInAttempts attempts, CloudKeys keys, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return AuthError.Of(400, "validation_failed", "a form is expected");
        }

        var fields = await context.Request.ReadFormAsync(cancellationToken);
        var form = new SignInForm(fields["redirect_to"].ToString(), fields["code_challenge"].ToString(), fields["user_name"].ToString().Trim());
        if (Fault(form) is { } fault)
        {
            return fault;
        }

        if (fields["answer"] == "cancel")
        {
            return Back(form, ("error", "access_denied"), ("error_code", "access_denied"), ("error_description", "The user has denied the request"));
        }

        if (!attempts.Allowed())
        {
            return SignInPage.Show(context, form, "Too many wrong secrets. Wait a minute.", 429);
        }

        if (!CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(fields["secret"].ToString())),
            SHA256.HashData(Encoding.UTF8.GetBytes(keys.Secret))))
        {
            attempts.WasWrong();
            return SignInPage.Show(context, form, "That is not this cloud's secret.", 403);
        }

        if (!UserName().IsMatch(form.UserName))
        {
            return SignInPage.Show(context, form, "A user name has letters, digits, - and _, 39 at most.", 400);
        }

        var user = await store.FindOrCreateUserAsync(form.UserName, cancellationToken);
        return Back(form, ("code", await store.CreateCodeAsync(user.Id, form.CodeChallenge, cancellationToken)));
    }

    private static IResult? Fault(SignInForm form) =>
        !LoopbackAddress.TryParse(form.RedirectTo, out _)
            ? AuthError.Of(400, "validation_failed", "redirect_to must be an http address of this machine, such as http://127.0.0.1:49152/x")
            : !Pkce.IsChallenge(form.CodeChallenge)
                ? AuthError.Of(400, "validation_failed", "code challenge is required and has 43 to 128 characters")
                : null;

    private static SeeOther Back(SignInForm form, params (string Name, string Value)[] query) => new SeeOther(
        QueryHelpers.AddQueryString(form.RedirectTo, query.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$")]
    private static partial Regex UserName();

    /// <summary>303: the browser asks again by GET, so the form's secret stays here.</summary>
    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = location;
            httpContext.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }
    }
}

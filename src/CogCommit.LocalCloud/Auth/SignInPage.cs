using System.Net;

namespace CogCommit.LocalCloud.Auth;

/// <summary>The page that stands where GitHub's would: a user name and the cloud's secret.</summary>
internal static class SignInPage
{
    public static IResult Show(HttpContext context, SignInForm form, string? fault = null, int status = 200)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        // form-action also governs where the answer to the form may redirect: back to the waiting program.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'self' http://127.0.0.1:* http://[::1]:*";
        return Results.Content(Html(form, fault), "text/html; charset=utf-8", statusCode: status);
    }

    private static string Html(SignInForm form, string? fault) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Sign in to your local CogCommit cloud</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 24rem; margin: 12vh auto; padding: 0 1rem; color: #1c1c1c; background: #fafafa }
        label { display: block; margin-top: 1rem }
        input { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #888; border-radius: 4px }
        button { margin-top: 1.5rem; font: inherit; padding: .5rem 1.25rem; border: 0; border-radius: 4px; background: #1f5fbf; color: #fff }
        .fault { color: #a11 } .hint { color: #555; font-size: .9em }
        </style>
        </head>
        <body>
        <h1>Sign in</h1>
        <p>to the local CogCommit cloud, for {{E(form.RedirectTo)}}</p>
        {{(fault is null ? "" : $"<p class=\"fault\" role=\"alert\">{E(fault)}</p>")}}
        <form method="post" action="authorize">
        <input type="hidden" name="redirect_to" value="{{E(form.RedirectTo)}}">
        <input type="hidden" name="code_challenge" value="{{E(form.CodeChallenge)}}">
        <label>User name <input name="user_name" value="{{E(form.UserName)}}" autocomplete="username" required autofocus></label>
        <label>Secret <input name="secret" type="password" autocomplete="current-password" required></label>
        <p class="hint">The secret is printed when the local cloud starts, and kept in keys.json of its data folder.</p>
        <button name="answer" value="sign-in">Sign in</button>
        <button name="answer" value="cancel" formnovalidate>Cancel</button>
        </form>
        </body>
        </html>
        """;

    private static string E(string text) => WebUtility.HtmlEncode(text);
}

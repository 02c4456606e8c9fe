namespace CogCommit.LocalCloud.Auth;

/// <summary>What the sign-in page carries from the request to its answer.</summary>
internal sealed record SignInForm(string RedirectTo, string CodeChallenge, string UserName = "");

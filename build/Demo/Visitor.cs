using System.Net;
using System.Text.RegularExpressions;

namespace CogCommit.Build.Demo;

/// <summary>
/// Stands for the person at the browser: when a sign-in address of our own local cloud is shown, opens it, fills in the form with the
/// cloud's secret, and follows the redirect back. No other address is ever visited.
/// </summary>
internal sealed partial class Visitor(LocalCloudProcess cloud)
{
    private const string UserName = "ada";

    private readonly HashSet<string> _visited = [];

    /// <summary>Looks for an address in what was shown.</summary>
    public void Reads(string shown)
    {
        foreach (Match match in Address().Matches(shown))
        {
            if (Uri.TryCreate(match.Value, UriKind.Absolute, out var address) && address.Authority == cloud.Url.Authority
                && address.AbsolutePath == "/auth/v1/authorize" && _visited.Add(match.Value))
            {
                // The cmdlet waits for the redirect on its own thread.
                _ = Task.Run(() => SignInAsync(address));
            }
        }
    }

    private async Task SignInAsync(Uri address)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true });
        try
        {
            var page = await browser.GetStringAsync(address);
            var fields = HiddenField().Matches(page).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
            fields["user_name"] = UserName;
            fields["secret"] = cloud.Secret;
            fields["answer"] = "sign-in";
            using var form = new FormUrlEncodedContent(fields);
            using var answer = await browser.PostAsync(new Uri(address, address.AbsolutePath), form);
            answer.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException problem)
        {
            Console.Error.WriteLine($"Signing in at the local cloud failed: {problem.Message}");
        }
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex(@"<input type=""hidden"" name=""([^""]*)"" value=""([^""]*)"">")]
    private static partial Regex HiddenField();
}

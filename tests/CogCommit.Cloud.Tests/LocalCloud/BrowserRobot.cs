using System.Text.RegularExpressions;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>A person with a browser: opens the address, fills in the form that is shown, and follows the redirects.</summary>
internal sealed partial class BrowserRobot(string userName, string secret) : ISignInPrompt
{
    private Task? _browsing;

    public Uri? Shown { get; private set; }

    /// <summary>What the person does on the page: sign-in or cancel.</summary>
    public string Button { get; init; } = "sign-in";

    /// <summary>Does not follow the last redirect, but gives it as what the person pastes.</summary>
    public bool Pastes { get; init; }

    /// <summary>The text of the page that the browser ended on.</summary>
    public string LastPage { get; private set; } = "";

    public void ShowAddress(Uri address) => Shown = address;

    public void OpenBrowser(Uri address) => _browsing = Task.Run(async () => await BrowseAsync(address, follow: true));

    public async Task<string?> ReadPastedAddress(CancellationToken cancellationToken) =>
        Pastes ? (await BrowseAsync(Shown!, follow: false)).AbsoluteUri : null;

    public Task EndedAsync() => _browsing ?? Task.CompletedTask;

    private async Task<Uri> BrowseAsync(Uri address, bool follow)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler);
        var form = await browser.GetStringAsync(address);
        var fields = Hidden().Matches(form)
            .Select(match => KeyValuePair.Create(match.Groups[1].Value, System.Net.WebUtility.HtmlDecode(match.Groups[2].Value)))
            .Append(KeyValuePair.Create("user_name", userName))
            .Append(KeyValuePair.Create("secret", secret))
            .Append(KeyValuePair.Create("answer", Button));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await browser.PostAsync(address.GetLeftPart(UriPartial.Path), content);
        Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
        var end = answer.Headers.Location!;
        if (follow)
        {
            // A browser asks for more than it was told to.
            using var icon = await browser.GetAsync(new Uri(end, "/favicon.ico"));
            Assert.Equal(System.Net.HttpStatusCode.NotFound, icon.StatusCode);
            LastPage = await browser.GetStringAsync(end);
        }

        return end;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}

using System.Net;
using System.Text.RegularExpressions;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>What a person does with the address that Connect-CogCommit shows: opens it, fills in the form, is led back.</summary>
internal sealed partial class Browser(LocalCloud cloud, string user)
{
    /// <summary>The page that the redirects end on.</summary>
    public async Task<string> SignInAsync(Uri address, bool agree = true)
    {
        using var answer = await AnswerAsync(address, agree, follow: true);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The address that a browser on another machine ends on: there nobody listens.</summary>
    public async Task<Uri> SignInElsewhereAsync(Uri address)
    {
        using var answer = await AnswerAsync(address, agree: true, follow: false);
        return answer.Headers.Location!;
    }

    private async Task<HttpResponseMessage> AnswerAsync(Uri address, bool agree, bool follow)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = follow });
        var page = await client.GetStringAsync(address);
        var fields = HiddenField().Matches(page).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        fields["user_name"] = user;
        fields["secret"] = cloud.Secret;
        fields["answer"] = agree ? "sign-in" : "cancel";
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(new Uri(address, address.AbsolutePath), form);
    }

    [GeneratedRegex(@"<input type=""hidden"" name=""([^""]*)"" value=""([^""]*)"">")]
    private static partial Regex HiddenField();
}

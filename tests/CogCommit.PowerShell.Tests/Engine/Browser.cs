using System.Net;
using System.Text.RegularExpressions;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>What a person does with the address that Connect-CogCommit shows: opens it, fills in the form, is led back.</summary>
internal sealed partial class Browser(LocalCloud cloud, string user)
{
    /// <summary>The page that the redirects end on.</summary>
    public async Task<string> SignInAsync(Uri address, bool agree = true)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true });
        var page = await client.GetStringAsync(address);
        var fields = HiddenField().Matches(page).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        fields["user_name"] = user;
        fields["secret"] = cloud.Secret;
        fields["answer"] = agree ? "sign-in" : "cancel";
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri(address, address.AbsolutePath), form);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex(@"<input type=""hidden"" name=""([^""]*)"" value=""([^""]*)"">")]
    private static partial Regex HiddenField();
}

using System.Globalization;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;

namespace CogCommit.Processes.Child.Works;

/// <summary>Writes auth.json, each time with other tokens: <c>keep &lt;line&gt; [forever]</c>.</summary>
internal static class KeepWork
{
    /// <summary>The n-th sign-in. Its parts belong together.</summary>
    public static AuthSession Session(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var token = string.Concat(Enumerable.Repeat(text + ".", 500));
        return new AuthSession(
            new Uri("https://cloud.example"), "anon", $"7f000000-0000-4000-8000-{number:d12}", text, new HiddenText(token), new HiddenText("refresh-" + token),
            DateTimeOffset.UnixEpoch.AddDays(number));
    }

    public static async Task RunAsync(WorkPlace place)
    {
        var file = new AuthFile(place.Home, TimeProvider.System);
        var last = file.Read();
        var next = last is null ? 0 : 1 + int.Parse(last.UserName!, CultureInfo.InvariantCulture);
        foreach (var round in place.Rounds())
        {
            await file.WriteAsync(Session(next + round), CancellationToken.None);
            place.Said.Done($"kept {next + round}");
        }
    }
}

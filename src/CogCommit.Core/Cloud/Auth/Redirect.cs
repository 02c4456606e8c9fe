namespace CogCommit.Core.Cloud.Auth;

/// <summary>What came back on the path that a sign-in waits at: a code, or why there is none.</summary>
internal sealed record Redirect(HiddenText? Code, string? Error)
{
    /// <returns>Null when this is not the answer that is waited for: another path, or neither code nor error.</returns>
    public static Redirect? Read(Uri waitingAt, string pathAndQuery)
    {
        var question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        if (question < 0 || pathAndQuery[..question] != waitingAt.AbsolutePath)
        {
            return null;
        }

        var query = pathAndQuery[(question + 1)..].Split('#')[0];
        string? code = null, error = null, description = null;
        foreach (var pair in query.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
            switch (equals < 0 ? pair : pair[..equals])
            {
                case "code":
                    code = value;
                    break;
                case "error":
                    error = value;
                    break;
                case "error_description":
                    description = value;
                    break;
            }
        }

        return !string.IsNullOrEmpty(error) ? new Redirect(null, OneLine(string.IsNullOrEmpty(description) ? error : description))
            : !string.IsNullOrEmpty(code) ? new Redirect(new HiddenText(code), null)
            : null;
    }

    private static string OneLine(string text)
    {
        var line = new string(text.Select(c => char.IsControl(c) ? ' ' : c).ToArray()).Trim().TrimEnd('.');
        return line.Length <= 300 ? line : line[..300];
    }
}

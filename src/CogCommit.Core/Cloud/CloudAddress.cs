namespace CogCommit.Core.Cloud;

/// <summary>Where a cloud may be: a token sent in clear text over a network would be anybody's.</summary>
internal static class CloudAddress
{
    /// <exception cref="CogCommitException">It is neither https nor http on this machine.</exception>
    public static Uri Check(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw new CogCommitException(
                "InvalidCloudUrl",
                $"'{url}' is no address of a cloud. It begins with https://; only a cloud on this machine may have http:// (http://127.0.0.1:54321).",
                ErrorKind.InvalidArgument);
        }

        if (url.UserInfo.Length > 0)
        {
            throw new CogCommitException(
                "InvalidCloudUrl", "The address of a cloud has no user name or password in it. Sign in with Connect-CogCommit instead.", ErrorKind.InvalidArgument);
        }

        // What is copied from a browser or from the documentation often ends on a path of one of the services.
        return new Uri(url.GetLeftPart(UriPartial.Authority));
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using CogCommit.Core.Store;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>
/// <c>auth.json</c>: readable by its owner from its first byte, and replaced as a whole, so that no reader ever meets half of one.
/// </summary>
internal sealed class AuthFile(CogCommitHome home, TokenProtection? protection, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public AuthFile(CogCommitHome home, TimeProvider clock)
        : this(home, TokenProtection.OfThisSystem, clock)
    {
    }

    /// <returns>Null when nobody is signed in.</returns>
    /// <exception cref="CogCommitException">The file is damaged.</exception>
    public AuthSession? Read()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(home.AuthPath);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CogCommitException(
                "AuthFileNotReadable",
                $"'{home.AuthPath}' cannot be read: {e.Message} Nothing was changed. Give yourself the right to read it, or delete it and run Connect-CogCommit.",
                ErrorKind.ReadOnly,
                e);
        }

        try
        {
            return AuthJson.Read(bytes, protection);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or CryptographicException or CogCommitException)
        {
            // The cause may quote what it met, and that may be a token: it is left out on purpose.
            throw new CogCommitException(
                "AuthFileDamaged",
                $"'{home.AuthPath}' cannot be read: it is damaged, or was written by another user or machine. Your commits are untouched. Run Connect-CogCommit to sign in again; that replaces the file.",
                ErrorKind.InvalidData);
        }
    }

    /// <summary>Somebody signed in: whoever was before is replaced.</summary>
    public async Task WriteAsync(AuthSession session, CancellationToken cancellationToken)
    {
        using var hold = await HoldAsync(cancellationToken).ConfigureAwait(false);
        Replace(session);
    }

    /// <summary>Writes the renewed tokens, unless somebody signed out or in meanwhile. False: they are not this file's business any more.</summary>
    public async Task<bool> RenewAsync(AuthSession from, AuthSession to, CancellationToken cancellationToken)
    {
        using var hold = await HoldAsync(cancellationToken).ConfigureAwait(false);
        if (!from.SameSignIn(Read()))
        {
            return false;
        }

        Replace(to);
        return true;
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(home.AuthPath))
        {
            return;
        }

        using var hold = await HoldAsync(cancellationToken).ConfigureAwait(false);
        File.Delete(home.AuthPath);
    }

    private Task<FileLock> HoldAsync(CancellationToken cancellationToken) => FileLock.TakeAsync(home.AuthPath + ".lock", Patience, clock, cancellationToken);

    private void Replace(AuthSession session)
    {
        PrivateFiles.CreateFolder(home.Root);
        var next = $"{home.AuthPath}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = PrivateFiles.Open(next, FileMode.CreateNew, FileShare.None))
            {
                file.Write(AuthJson.Write(session, protection));
                file.Flush(flushToDisk: true);
            }

            File.Move(next, home.AuthPath, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }
}

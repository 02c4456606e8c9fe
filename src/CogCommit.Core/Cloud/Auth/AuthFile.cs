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
    private static readonly TimeSpan RenewalPatience = TimeSpan.FromSeconds(60);

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
            throw AuthErrors.NotReadable(home.AuthPath, e);
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

    /// <returns>Who is signed in at this cloud (null: at any). Null too when the file is damaged: whoever asks is about to replace it.</returns>
    public AuthSession? ReadAt(Uri? url)
    {
        try
        {
            return Read() is { } session && (url is null || session.Url == url) ? session : null;
        }
        catch (CogCommitException damaged) when (damaged.ErrorId == "AuthFileDamaged")
        {
            return null;
        }
    }

    /// <summary>Somebody signed in: whoever was before is replaced.</summary>
    public async Task WriteAsync(AuthSession session, CancellationToken cancellationToken)
    {
        using var hold = await HoldAsync(cancellationToken).ConfigureAwait(false);
        using var draft = new AuthDraft(home.AuthPath + ".new", home.AuthPath);
        draft.Replace(Text(session));
    }

    /// <summary>As the other, into room that was taken before there was a session to write.</summary>
    public async Task WriteAsync(AuthSession session, AuthDraft draft, CancellationToken cancellationToken)
    {
        using var hold = await HoldAsync(cancellationToken).ConfigureAwait(false);
        draft.Replace(Text(session));
    }

    /// <summary>Keeps other processes from using up a refresh token, until it is disposed.</summary>
    public Task<FileLock> HoldRenewalAsync(CancellationToken cancellationToken) =>
        FileLock.TakeAsync(home.AuthPath + ".refresh.lock", RenewalPatience, clock, cancellationToken);

    /// <summary>Room for renewed tokens. Whoever asks holds the lock of the renewal.</summary>
    public AuthDraft ReserveRenewal() => new(home.AuthPath + ".refresh.new", home.AuthPath);

    /// <summary>Writes the renewed tokens, unless somebody signed out or in meanwhile. False: they are not this file's business any more.</summary>
    public async Task<bool> RenewAsync(AuthSession from, AuthSession to, AuthDraft draft, CancellationToken cancellationToken)
    {
        using var hold = await HoldAsync(cancellationToken).ConfigureAwait(false);
        if (!from.SameSignIn(Read()))
        {
            return false;
        }

        draft.Replace(Text(to));
        return true;
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        // Also what a killed process left beside it: it holds tokens.
        string[] files = [home.AuthPath, home.AuthPath + ".new", home.AuthPath + ".refresh.new"];
        if (!files.Any(File.Exists))
        {
            return;
        }

        using var hold = await HoldAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Array.ForEach(files, File.Delete);
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw AuthErrors.NotWritable(home.AuthPath, refused);
        }
    }

    private Task<FileLock> HoldAsync(CancellationToken cancellationToken) => FileLock.TakeAsync(home.AuthPath + ".lock", Patience, clock, cancellationToken);

    private byte[] Text(AuthSession session) => AuthJson.Write(session, protection);
}

using System.Management.Automation;
using System.Net;
using System.Security;

namespace CogCommit.PowerShell.Parameters;

/// <summary>
/// Takes a refresh token as vaults give it: a SecureString, a credential (its password), or a text. PowerShell's own conversion would
/// refuse the text, and say it in the error.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefreshTokenAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        SecureString token => token,
        PSCredential credential => credential.Password,
        string text => new NetworkCredential("", text).SecurePassword,
        null => throw new ArgumentTransformationMetadataException("The refresh token is missing: it is $null. Look whether its secret exists under the name that was asked for."),
        var other => throw new ArgumentTransformationMetadataException(
            $"A refresh token is a SecureString, a PSCredential with it as password, or a text; this is a {other.GetType().Name}."),
    };
}

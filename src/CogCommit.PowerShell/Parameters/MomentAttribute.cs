using System.Management.Automation;

namespace CogCommit.PowerShell.Parameters;

/// <summary>Turns what users give for a moment into a <see cref="DateTimeOffset"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MomentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
            {
                string text => TimeText.Parse(text, TimeProvider.System.GetLocalNow(), TimeZoneInfo.Local),
                // 30d and 1y are numbers to PowerShell; they remember how they were written.
                decimal or sbyte or int or long or double => TimeText.Parse(LanguagePrimitives.ConvertTo<string>(inputData), TimeProvider.System.GetLocalNow(), TimeZoneInfo.Local),
                DateTime { Kind: DateTimeKind.Unspecified } date => TimeText.Local(date, TimeZoneInfo.Local),
                DateTime date => new DateTimeOffset(date),
                var other => other,
            };
        }
        catch (FormatException wrong)
        {
            throw new ArgumentTransformationMetadataException(wrong.Message, wrong);
        }
    }
}

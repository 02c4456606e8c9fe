using CogCommit.Core.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Store;

public sealed class PictureTypeTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000000D", "image/png")]
    [InlineData("89504E470D0A1A", null)]
    [InlineData("FFD8FF", "image/jpeg")]
    [InlineData("FFD8", null)]
    [InlineData("474946383761", "image/gif")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("474946383861", null)]
    [InlineData("52494646000000005745425056503820", "image/webp")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("5249464600000000574542", null)]
    [InlineData("524946460000000057415645", null)]
    [InlineData("3C73766720", null)]
    [InlineData("", null)]
    public void The_first_bytes_say_what_it_is(string hex, string? mime) => Assert.Equal(mime, PictureType.Of(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("image/jpeg", PictureType.Unknown)]
    public void What_no_byte_proves_is_what_it_was_called_unless_that_is_disproved(string called, string mime) =>
        Assert.Equal(mime, PictureType.Of("<svg/>"u8, called));

    [Fact]
    public void A_name_does_not_make_a_type() => Assert.Equal(PictureType.Png, PictureType.Of(Png.Of(1), "image/jpeg"));

    [Theory]
    [InlineData("image/png", ".png")]
    [InlineData("image/jpeg", ".jpg")]
    [InlineData("image/gif", ".gif")]
    [InlineData("image/webp", ".webp")]
    [InlineData("image/../../etc", ".bin")]
    [InlineData(null, ".bin")]
    public void An_ending_is_one_of_five(string? mime, string ending) => Assert.Equal(ending, PictureType.Extension(mime));
}

using System.Globalization;

namespace CogCommit.PowerShell.Formatting;

/// <summary>How full something is: <c>[########............]  41 %</c>, yellow from 80 %, red from 95 %.</summary>
internal static class QuotaBar
{
    private const int Cells = 20;
    private const double Warn = 0.80;
    private const double Alarm = 0.95;

    public static string Of(long used, long limit, Palette palette)
    {
        var share = limit <= 0 ? 1 : Math.Clamp((double)used / limit, 0, 1);

        // Cut, so that only what is full looks full; but a little is not nothing.
        var filled = Math.Max((int)(share * Cells), used > 0 ? 1 : 0);
        var percent = Math.Floor(share * 100).ToString("0", CultureInfo.InvariantCulture).PadLeft(3);
        var bar = new string('#', filled);
        var painted = share >= Alarm ? palette.Red(bar) : share >= Warn ? palette.Yellow(bar) : palette.Green(bar);
        return $"[{painted}{palette.Dim(new string('.', Cells - filled))}] {percent} %";
    }
}

using System.Globalization;
using System.Text;

namespace CogCommit.Bench.Corpus;

/// <summary>
/// Text without end, made once of a seed: words of an invented language, the common ones often and most of them hardly ever, with lines,
/// numbers, paths and names with underscores as code has them. Texts are cut out of it, which costs nothing.
/// </summary>
internal sealed class TextRiver
{
    private const int Length = 1 << 22;
    private const int Words = 40_000;
    private static readonly string[] Syllables =
        ["ba", "ke", "li", "mo", "nu", "ra", "sto", "ti", "ver", "wen", "zal", "qui", "pro", "gan", "del", "fin", "hor", "jas", "cam", "ul", "et", "or", "an", "is"];

    private readonly string _text;

    public TextRiver(int seed)
    {
        var random = new Random(seed);
        Vocabulary = [.. Enumerable.Range(0, Words).Select(_ => Word(random)).Distinct()];
        var text = new StringBuilder(Length + 64);
        while (text.Length < Length)
        {
            text.Append(random.Next(24) switch
            {
                0 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(10_000)}"),
                1 => $"src/{One(random)}/{One(random)}.cs",
                2 => $"{One(random)}_{One(random)}",
                3 => $"\"{One(random)}\"",
                _ => One(random),
            });
            text.Append(random.Next(11) switch { 0 => "\n", 1 => ", ", 2 => "\n    ", 3 => ". ", _ => " " });
        }

        _text = text.ToString(0, Length);
    }

    /// <summary>All words, the most common first: the frequency falls with the square root of the place, and then faster.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    /// <summary>As many characters, from anywhere.</summary>
    public ReadOnlySpan<char> Cut(Random random, int length) => _text.AsSpan(random.Next(Length - length), length);

    public string Text(Random random, int length) => Cut(random, length).ToString();

    /// <summary>A word as often as the text has it.</summary>
    public string One(Random random)
    {
        var u = random.NextDouble();
        return Vocabulary[(int)(Vocabulary.Count * u * u * u * u)];
    }

    private static string Word(Random random)
    {
        var word = new StringBuilder();
        for (var i = random.Next(4) + 1; i >= 0; i--)
        {
            word.Append(Syllables[random.Next(Syllables.Length)]);
        }

        return word.ToString();
    }
}

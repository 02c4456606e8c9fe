using System.Text;

namespace CogCommit.Core.Capture.Shell;

/// <summary>Collects the words of simple commands while a script is read.</summary>
internal sealed class CommandWords
{
    private readonly StringBuilder _word = new();
    private List<string> _words = [];
    private bool _inWord;
    private bool _skipNext;

    public List<IReadOnlyList<string>> Commands { get; } = [];

    /// <summary>True where a word, or a command, would begin.</summary>
    public bool AtWordStart => !_inWord;

    public bool AtCommandStart => !_inWord && _words.Count == 0;

    public void Append(char c)
    {
        _inWord = true;
        _word.Append(c);
    }

    /// <summary>Quotes make a word even when nothing is between them.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        _inWord = true;
        _word.Append(text);
    }

    public void EndWord()
    {
        if (!_inWord)
        {
            return;
        }

        if (!_skipNext)
        {
            _words.Add(_word.ToString());
        }

        _skipNext = false;
        Forget();
    }

    public void EndCommand()
    {
        EndWord();
        _skipNext = false;
        if (_words.Count > 0)
        {
            Commands.Add(_words);
            _words = [];
        }
    }

    /// <summary>A redirection: the number before it and the word behind it are no words of the command.</summary>
    public void Redirect()
    {
        if (_inWord && _word.Length == 1 && char.IsAsciiDigit(_word[0]))
        {
            Forget();
        }

        EndWord();
        _skipNext = true;
    }

    private void Forget()
    {
        _word.Clear();
        _inWord = false;
    }
}

using System.Globalization;

namespace CogCommit.Core.Watch;

/// <summary>Tells events; an error that comes again and again is told once.</summary>
internal sealed class WatchTeller(Action<WatchEvent> say, TimeProvider clock)
{
    private readonly Dictionary<string, string> _told = [];

    public void Say(WatchEvent happened) => say(happened);

    public void Say(WatchEventKind kind, string message) => say(new WatchEvent { Kind = kind, Time = clock.GetUtcNow(), Message = message });

    /// <param name="source">What failed: each remembers what it told last.</param>
    /// <param name="fault">Why.</param>
    /// <param name="nextTry">When it is tried again; null: when something changes.</param>
    public void SayError(string source, CogCommitException fault, DateTimeOffset? nextTry)
    {
        if (_told.TryGetValue(source, out var last) && last == fault.ErrorId + fault.Message)
        {
            return;
        }

        _told[source] = fault.ErrorId + fault.Message;
        say(new WatchEvent { Kind = WatchEventKind.Error, Time = clock.GetUtcNow(), Message = OneLine(fault.Message), ErrorId = fault.ErrorId, NextTry = nextTry });
    }

    /// <summary>It works again: what fails next is told, even where it is the same.</summary>
    public void Forget(string source) => _told.Remove(source);

    /// <summary>How many there are, in words: 1 turn, 2 turns.</summary>
    public static string Count(int number, string one) => string.Create(CultureInfo.InvariantCulture, $"{number} {one}{(number == 1 ? "" : "s")}");

    public static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

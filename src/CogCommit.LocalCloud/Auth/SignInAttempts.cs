namespace CogCommit.LocalCloud.Auth;

/// <summary>Slows down whoever guesses the secret: so many wrong ones a minute, for all together.</summary>
internal sealed class SignInAttempts(TimeProvider clock)
{
    public const int PerMinute = 10;

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _wrong = new();

    public bool Allowed()
    {
        lock (_lock)
        {
            while (_wrong.TryPeek(out var first) && clock.GetUtcNow() - first > TimeSpan.FromMinutes(1))
            {
                _wrong.Dequeue();
            }

            return _wrong.Count < PerMinute;
        }
    }

    public void WasWrong()
    {
        lock (_lock)
        {
            _wrong.Enqueue(clock.GetUtcNow());
        }
    }
}

namespace CogCommit.Core.Daemon.Logon;

/// <summary>A program and its arguments.</summary>
public sealed record ProgramCall(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>As one would type it.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(word => word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word));
}

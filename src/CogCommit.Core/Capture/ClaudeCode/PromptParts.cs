namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>What a user record's text is made of.</summary>
/// <param name="Prompt">What a person wrote; null when nothing.</param>
/// <param name="IsCaveat">It announces the records of a local command.</param>
/// <param name="IsInterruption">It says that the user interrupted the answer before it.</param>
internal readonly record struct PromptParts(string? Prompt, bool IsCaveat = false, bool IsInterruption = false);

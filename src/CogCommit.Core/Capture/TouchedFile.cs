namespace CogCommit.Core.Capture;

/// <summary>A file that a tool call read or changed.</summary>
/// <param name="Path">Relative to the work tree, with <c>/</c>, where it lies in it; else as written.</param>
/// <param name="AsWritten">As the call named it.</param>
/// <param name="Changed">False when it was only read.</param>
internal readonly record struct TouchedFile(string Path, string AsWritten, bool Changed);

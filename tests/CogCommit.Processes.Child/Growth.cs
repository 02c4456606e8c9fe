namespace CogCommit.Processes.Child;

/// <summary>
/// Transcripts while they are written: after step n of N each file has its first n-th part, in the middle of a line as it may be. How far
/// they are is seen from the files, so that whoever is killed goes on there.
/// </summary>
internal sealed class Growth(string grown, string folder, int steps)
{
    private readonly (string Path, byte[] Bytes)[] _files =
    [
        .. Directory.EnumerateFiles(grown, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(grown, path), File.ReadAllBytes(path))),
    ];

    /// <summary>The steps that are not done. The one that was begun last is done again: it may have been left in its middle.</summary>
    public IEnumerable<int> Rest()
    {
        var size = _files.Sum(file => new FileInfo(Path.Combine(folder, file.Path)) is { Exists: true } there ? there.Length : 0);
        return Enumerable.Range(1, steps).Where(step => _files.Sum(file => Length(file.Bytes, step)) >= size);
    }

    public void To(int step)
    {
        foreach (var (name, bytes) in _files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.OpenOrCreate);
            file.Position = file.Length;
            file.Write(bytes.AsSpan((int)Math.Min(file.Length, Length(bytes, step))..Length(bytes, step)));
        }
    }

    private int Length(byte[] bytes, int step) => (int)((long)bytes.Length * step / steps);
}

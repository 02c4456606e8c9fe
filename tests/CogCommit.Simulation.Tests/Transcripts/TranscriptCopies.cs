namespace CogCommit.Simulation.Tests.Transcripts;

/// <summary>The transcripts as far as one machine has them. They only grow.</summary>
internal sealed class TranscriptCopies(string folder, IReadOnlyList<SessionText> texts)
{
    private readonly int[] _lengths = new int[texts.Count];

    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Lets one grow, to the end of a line or into the middle of one, as a writer leaves it.</summary>
    /// <param name="session">Any number.</param>
    /// <param name="bytes">By how much.</param>
    /// <param name="whole">Only whole lines.</param>
    public void Grow(int session, int bytes, bool whole)
    {
        var n = session % texts.Count;
        var end = Math.Min(texts[n].Bytes.Length, _lengths[n] + bytes);
        if (whole)
        {
            var line = Array.IndexOf(texts[n].Bytes, (byte)'\n', Math.Max(0, end - 1));
            end = line < 0 ? texts[n].Bytes.Length : line + 1;
        }

        GrowTo(n, end);
    }

    public void GrowTo(int session, int length)
    {
        if (length <= _lengths[session])
        {
            return;
        }

        if (texts[session].Needs is { } needs)
        {
            GrowTo(needs.Text, needs.Length);
        }

        var path = Path.Combine(Folder, texts[session].Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(path, FileMode.Append))
        {
            file.Write(texts[session].Bytes, _lengths[session], length - _lengths[session]);
        }

        _lengths[session] = length;
    }
}

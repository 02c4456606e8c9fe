using System.Collections;

namespace CogCommit.Core.Store;

/// <summary>The texts of a JSON array, read when somebody looks at them: who lists commits rarely looks at their files.</summary>
/// <param name="json">UTF-8, and nobody else's.</param>
internal sealed class StoredTexts(byte[] json) : IList<string>
{
    // The JSON until it is read, then the texts. (Two threads may both read it: to the same texts.)
    private object _held = json;

    public int Count => Texts.Count;

    public bool IsReadOnly => true;

    public string this[int index]
    {
        get => Texts[index];
        set => throw ReadOnly();
    }

    private List<string> Texts
    {
        get
        {
            var held = _held;
            if (held is not List<string> texts)
            {
                _held = texts = JsonText.ReadTexts((byte[])held);
            }

            return texts;
        }
    }

    public int IndexOf(string item) => Texts.IndexOf(item);

    public bool Contains(string item) => Texts.Contains(item);

    public void CopyTo(string[] array, int arrayIndex) => Texts.CopyTo(array, arrayIndex);

    public IEnumerator<string> GetEnumerator() => Texts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Add(string item) => throw ReadOnly();

    public void Insert(int index, string item) => throw ReadOnly();

    public bool Remove(string item) => throw ReadOnly();

    public void RemoveAt(int index) => throw ReadOnly();

    public void Clear() => throw ReadOnly();

    // (TextList, in which it lies, refuses before this.)
    private static NotSupportedException ReadOnly() => new("The list is read-only.");
}

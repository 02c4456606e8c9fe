using System.Text;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>A row as text: fields of any order, also wrong ones, also one twice, which no JSON library would write.</summary>
internal sealed class RawRow
{
    private readonly List<(string Name, string Json)> fields = [];

    public IReadOnlyList<(string Name, string Json)> Fields => fields;

    public RawRow With(string name, string json)
    {
        fields.Add((name, json));
        return this;
    }

    /// <summary>Where the row has such a field, at any depth of one.</summary>
    public void Replace(int field, string json) => fields[field] = (fields[field].Name, json);

    public void Remove(int field) => fields.RemoveAt(field);

    public void Repeat(int field, string json) => fields.Add((fields[field].Name, json));

    public override string ToString()
    {
        var text = new StringBuilder("{");
        foreach (var (name, json) in fields)
        {
            text.Append(text.Length == 1 ? "" : ",").Append('"').Append(name).Append("\":").Append(json);
        }

        return text.Append('}').ToString();
    }
}

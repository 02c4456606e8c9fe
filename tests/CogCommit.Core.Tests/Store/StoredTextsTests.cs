using System.Collections;
using System.Text;
using CogCommit.Core.Store;

namespace CogCommit.Core.Tests.Store;

public sealed class StoredTextsTests
{
    [Theory]
    [InlineData("""["src/a.cs", "b\n\u00e9", "😀"]""", "src/a.cs|b\né|😀")]
    [InlineData("""["a", 1, null, ["b"], {"c": "d"}, "e"]""", "a|e")]
    [InlineData("""{"a": "b"}""", "")]
    [InlineData("\"a\"", "")]
    [InlineData("""["a", """, "")]
    [InlineData("""["a"] "b" """, "")]
    [InlineData("""["\ud83d"]""", "")]
    [InlineData(" [] ", "")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    public void Holds_the_texts_of_a_JSON_array_and_nothing_where_it_is_none(string json, string texts)
    {
        string[] expected = texts.Length == 0 ? [] : texts.Split('|');
        Assert.Equal(expected, JsonText.ListOf(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(expected, JsonText.ReadList(json));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_hold_nothing() => Assert.Empty(JsonText.ListOf([.. "[\""u8, 0xff, .. "\"]"u8]));

    [Fact]
    public void Is_read_the_same_way_by_every_member()
    {
        Assert.Equal(2, List().Count);
        Assert.Equal("b", List()[1]);
        Assert.Equal(1, List().IndexOf("b"));
        Assert.Contains("a", (ICollection<string>)List());
        Assert.Equal(["a", "b"], ((IEnumerable)List()).Cast<string>());
        var copy = new string[3];
        List().CopyTo(copy, 1);
        Assert.Equal([null, "a", "b"], copy);
        Assert.Equal("a;b", List().ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => List()[2]);
    }

    [Fact]
    public void What_was_read_stays_the_same_object()
    {
        var list = List();
        Assert.Same(list[0], list[0]);
    }

    [Fact]
    public void Nobody_changes_it()
    {
        var texts = new StoredTexts("[\"a\"]"u8.ToArray());
        Assert.True(texts.IsReadOnly);
        Assert.Throws<NotSupportedException>(() => texts[0] = "b");
        Assert.Throws<NotSupportedException>(() => texts.Add("b"));
        Assert.Throws<NotSupportedException>(() => texts.Insert(0, "b"));
        Assert.Throws<NotSupportedException>(() => texts.Remove("a"));
        Assert.Throws<NotSupportedException>(() => texts.RemoveAt(0));
        Assert.Throws<NotSupportedException>(texts.Clear);
        Assert.Equal(["a"], texts);
    }

    private static TextList List() => JsonText.ListOf("[\"a\",\"b\"]"u8);
}

using CogCommit.Core.Store;
using CsCheck;

namespace CogCommit.Core.Tests.Store;

/// <summary>A piece of the index that is made beside the store, while anybody writes to that.</summary>
public sealed class FullTextPieceTests : FullTextFixture
{
    private const string Insert = "insert into turns (row, id, session_id, role, content, timestamp) values";

    [Fact]
    public void Whoever_writes_while_a_piece_is_made_the_index_says_what_the_rows_say() =>
        Gen.Select(Steps, Steps, Steps, Gen.Int[0, 3], Gen.Int[0, 3]).Sample((first, meanwhile, second, one, other) =>
        {
            Empty();
            RunAll(second);
            using var piece = new FullTextPiece(Store);
            for (var time = 0; time < 3; time++)
            {
                Leave(first);
                piece.Take();
                RunAll(meanwhile);
                Interfere(one);
                Leave(second);
                Interfere(other);
                RunAll(first);
                Give(piece);
                // Takes out of the index what is no more.
                Leave();
                AssertWholeButForWhatWaits();
            }

            Store.IndexWhatWaits();
            AssertWhole();
            RunAll(meanwhile);
            AssertWhole();
        }, iter: 60, threads: 1);

    [Fact]
    public void What_waits_is_found_once_the_piece_is_given_and_waits_no_more()
    {
        Leave($"{Insert} (1, 'a', 's', 'user', 'first 世界', ''), (2, 'b', 's', 'assistant', 'second', '')");
        using var piece = new FullTextPiece(Store);
        piece.Take();
        Assert.Equal("", Found("first"));
        Give(piece);
        Assert.Equal(("1", "1", "2", ""), (Found("first"), Found("\"世 界\""), Found("answer : second"), Found("prompt : second")));
        Assert.Equal(0, Count("turn_index_later"));
        Store.IndexWhatWaits();
        AssertWhole();
    }

    [Fact]
    public void A_row_that_is_changed_or_removed_meanwhile_goes_on_waiting_and_is_not_found_as_it_was()
    {
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'second', ''), (3, 'c', 's', 'user', 'third', ''), (4, 'd', 's', 'user', 'fourth', '')");
        using var piece = new FullTextPiece(Store);
        piece.Take();
        Leave("update turns set content = 'other' where row = 1; update turns set role = 'assistant' where row = 2; delete from turns where row = 3");
        Give(piece);
        Assert.Equal(("", "", "", "", "4"), (Found("first"), Found("other"), Found("second"), Found("third"), Found("fourth")));
        Store.IndexWhatWaits();
        Assert.Equal(("", "1", "2", "", "4"), (Found("first"), Found("other"), Found("answer : second"), Found("third"), Found("fourth")));
        AssertWhole();
    }

    [Fact]
    public void What_another_indexed_meanwhile_is_not_indexed_twice()
    {
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', '')");
        using var piece = new FullTextPiece(Store);
        piece.Take();
        Store.IndexWhatWaits();
        Give(piece);
        Assert.Equal(["1"], Segments());
        AssertWhole();
    }

    [Fact]
    public void A_piece_is_one_segment_of_the_index_whose_pages_are_copied_and_many_are_merged()
    {
        using var piece = new FullTextPiece(Store);
        const int Pieces = 40;
        for (var row = 1; row <= Pieces; row++)
        {
            // Each word once: a segment of several pages.
            var words = string.Join(' ', Enumerable.Range(0, 2000).Select(word => $"word{row}x{word}"));
            Leave(($"{Insert} ($row, 'id' || $row, 's', 'user', 'common ' || $words, '')", [("$row", row), ("$words", words)]));
            piece.Take();
            var before = Segments();
            var pages = piece.GiveToStore();
            Assert.InRange(pages, 5, 50);
            Assert.Single(Segments().Except(before));
            Store.Write(transaction => FullTextLater.Settle(transaction, pages));
        }

        Assert.InRange(Segments().Length, 1, 15);
        Assert.Equal(string.Join(',', Enumerable.Range(1, Pieces)), Found("common"));
        Assert.Equal("17", Found("word17x1999"));
        Store.IndexWhatWaits();
        AssertWhole();
    }

    [Fact]
    public void An_index_whose_structure_is_none_that_is_known_is_called_damaged_and_what_waits_goes_on_waiting()
    {
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', '')");
        // As of an index with contentless_delete, cut off, with more behind it, with another number of segments, empty.
        foreach (var structure in new[] { "00000000ff000001010100000101010101000001", "000000000101000001", "0000000001010000010101" + "0101", "0000000001020000010101" + "01", "" })
        {
            Run($"update turn_index_data set block = x'{structure}' where id = 10");
            using var piece = new FullTextPiece(Store);
            piece.Take();
            Assert.Equal("SearchIndexDamaged", Assert.Throws<CogCommitException>(() => piece.GiveToStore()).ErrorId);
            Assert.Equal(1, Count("turn_index_later"));
        }

        FullTextIndex.Rebuild(Store, null, TestContext.Current.CancellationToken);
        AssertWhole();
    }

    /// <summary>What other commands do to a whole index.</summary>
    private void Interfere(int how)
    {
        switch (how)
        {
            case 1:
                Store.IndexWhatWaits();
                break;
            case 2:
                FullTextIndex.Rebuild(Store, null, TestContext.Current.CancellationToken);
                break;
            case 3:
                Run("insert into turn_index (turn_index) values ('optimize')");
                break;
        }
    }

    private void Give(FullTextPiece piece)
    {
        var pages = piece.GiveToStore();
        Store.Write(transaction => FullTextLater.Settle(transaction, pages));
    }

    private int Count(string table) => Run($"update {table} set row = row");

    private string[] Segments()
    {
        using var command = Plain.CreateCommand();
        command.CommandText = "select coalesce(group_concat(distinct segid), '') from turn_index_idx";
        return ((string)command.ExecuteScalar()!).Split(',', StringSplitOptions.RemoveEmptyEntries);
    }
}

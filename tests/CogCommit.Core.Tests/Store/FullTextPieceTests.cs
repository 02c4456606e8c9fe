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
        Leave($"{Insert} (1, 'a', 's', 'user', 'first 世界', ''), (2, 'b', 's', 'assistant', 'second', ''), (3, 'c', 's', 'user', 'newest', '')");
        using var piece = new FullTextPiece(Store);
        piece.Take();
        Assert.Equal("", Found("first"));
        Give(piece);
        Assert.Equal(("1", "1", "2", ""), (Found("first"), Found("\"世 界\""), Found("answer : second"), Found("prompt : second")));
        // The newest may be written again any moment.
        Assert.Equal((1, ""), (Count("turn_index_later"), Found("newest")));
        Store.IndexWhatWaits();
        Assert.Equal("3", Found("newest"));
        AssertWhole();
    }

    [Fact]
    public void A_row_that_is_changed_or_removed_meanwhile_goes_on_waiting_and_is_not_found_as_it_was()
    {
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'second', ''), (3, 'c', 's', 'user', 'third', ''), (4, 'd', 's', 'user', 'fourth', ''), (5, 'e', 's', 'user', 'newest', '')");
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
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'newest', '')");
        using var piece = new FullTextPiece(Store);
        piece.Take();
        Store.IndexWhatWaits();
        var segments = Segments();
        Give(piece);
        Assert.Equal(segments, Segments());
        AssertWhole();
    }

    [Fact]
    public void What_is_in_the_index_and_waits_all_the_same_is_not_in_a_piece()
    {
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'second', ''), (3, 'c', 's', 'user', 'newest', '')");
        // As the schema says how to make an index anew; then one more comes.
        Run("insert into turn_index (turn_index) values ('delete-all'); insert into turn_index (rowid, prompt, answer, tool_input, tool_result, spaced) select * from turn_texts where row = 1");
        using var piece = new FullTextPiece(Store);
        piece.Take();
        Give(piece);
        Assert.Equal(("1", "2"), (Found("first"), Found("second")));
        Assert.Equal(2, Count("turn_index_later"));
    }

    [Fact]
    public void A_piece_that_cannot_be_given_leaves_all_as_it_was_and_nobody_waits_for_it()
    {
        var fail = false;
        using var store = StoreFile.Open(Store.Home, null, StoreOptions.Default with
        {
            Patience = TimeSpan.FromSeconds(1),
            BeforeStep = step =>
            {
                if (fail && step == "commit")
                {
                    fail = false;
                    throw new IOException("Pulled out.");
                }
            },
        });
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'newest', '')");
        using var piece = new FullTextPiece(store);
        piece.Take();
        fail = true;
        Assert.Throws<IOException>(() => piece.GiveToStore());
        Assert.Equal(("", 2), (Found("first"), Count("turn_index_later")));
        store.IndexWhatWaits();
        Assert.Equal("1", Found("first"));
        AssertWhole();
    }

    [Fact]
    public void A_piece_is_one_segment_of_the_index_whose_pages_are_copied_and_many_are_merged()
    {
        using var piece = new FullTextPiece(Store);
        const int Pieces = 40;
        Leave($"{Insert} (1000, 'newest', 's', 'user', '', '')");
        for (var row = 1; row <= Pieces; row++)
        {
            // Each word once: a segment of several pages.
            var words = string.Join(' ', Enumerable.Range(0, 2000).Select(word => $"word{row}x{word}"));
            Leave(($"{Insert} ($row, 'id' || $row, 's', 'user', 'common ' || $words, '')", [("$row", row), ("$words", words)]));
            piece.Take();
            var before = Segments();
            var toMerge = piece.GiveToStore();
            Assert.InRange(toMerge, 5, 150);
            Assert.Single(Segments().Except(before));
            Store.Write(transaction => FullTextLater.AfterPiece(transaction, toMerge));
        }

        // Of no level more than FTS5 merges at once by itself.
        Assert.InRange(Segments().Length, 1, 8);
        Assert.Equal(string.Join(',', Enumerable.Range(1, Pieces)), Found("common"));
        Assert.Equal("17", Found("word17x1999"));
        Store.IndexWhatWaits();
        AssertWhole();
    }

    [Fact]
    public void An_index_whose_structure_is_none_that_is_known_is_called_damaged_and_what_waits_goes_on_waiting()
    {
        Leave($"{Insert} (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'newest', '')");
        // As of an index with contentless_delete, cut off, with more behind it, with another number of segments, empty.
        foreach (var structure in new[] { "00000000ff000001010100000101010101000001", "000000000101000001", "0000000001010000010101" + "0101", "0000000001020000010101" + "01", "" })
        {
            Run($"update turn_index_data set block = x'{structure}' where id = 10");
            using var piece = new FullTextPiece(Store);
            piece.Take();
            Assert.Equal("SearchIndexDamaged", Assert.Throws<CogCommitException>(() => piece.GiveToStore()).ErrorId);
            Assert.Equal(2, Count("turn_index_later"));
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
        Store.Write(transaction => FullTextLater.AfterPiece(transaction, pages));
    }

    private int Count(string table) => Run($"update {table} set row = row");

    private string[] Segments()
    {
        using var command = Plain.CreateCommand();
        command.CommandText = "select coalesce(group_concat(distinct segid), '') from turn_index_idx";
        return ((string)command.ExecuteScalar()!).Split(',', StringSplitOptions.RemoveEmptyEntries);
    }
}

using System.Globalization;
using System.Text;
using CogCommit.Cloud.Tests.Sql;
using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>What a batch takes as jsonb is a limit of push, so the model knows it to the byte.</summary>
public sealed class JsonbSizeTests(PostgresFixture postgres) : SqlTests(postgres)
{
    private static readonly string[] Scalars =
    [
        "null", "true", "\"\"", "\"a\"", "\"é😀\"", "\"\\u00e9\\n\"", "0", "-0", "-0.0", "0.00", "7", "-7", "9999", "10000", "100000000", "1.5", "0.0001", "0.00010", "0.00001", "10000.0001",
        "123456789.123456789", "-1e30", "9e-31", "1e255", "1e256", "1e260", "1e-63", "1e-64", "0e-63", "0e-64", "1.0e-62", "9e131071", "-1e-16383", "10001e251", "1E+4", "12.50e1",
    ];

    [Fact]
    public async Task The_model_knows_what_jsonb_takes_and_prints()
    {
        var random = new Random(1);
        string[] values = [.. Scalars, .. Scalars.Select(value => $"[{value}]"), .. Enumerable.Range(0, 300).Select(_ => Any(random, 5))];
        foreach (var value in values)
        {
            var model = JsonbReader.Read(Encoding.UTF8.GetBytes(value));
            var expected = await Cloud.ScalarAsync("select pg_column_size(j) || ' ' || octet_length(j::text) from (select $1::jsonb as j) v", value);
            Assert.Equal($"{expected} {value}", string.Create(CultureInfo.InvariantCulture, $"{JsonbSize.Of(model)} {model.PrintedBytes} {value}"));
            Assert.True(JsonbSize.Of(model) <= 4L * model.PrintedBytes + 32, value);
        }
    }

    [Fact]
    public async Task The_model_knows_which_numbers_are_far_from_one()
    {
        foreach (var number in Scalars.Concat(Poison.ShortNumbers).Where(value => value[0] is '-' or >= '0' and <= '9'))
        {
            // What the SQL looks at counts: of one number that is what it prints, and of any other nothing.
            var counts = await Cloud.ScalarAsync("select cogcommit.numbers_print_beyond(jsonb_build_object('a', array[$1::jsonb]), 0)::text", number);
            Assert.Equal($"{counts} {number}", $"{(JsonbNumber.IsFarFromOne(JsonbNumber.Print(Encoding.UTF8.GetBytes(number))) ? "true" : "false")} {number}");
        }
    }

    [Fact]
    public async Task The_limits_of_a_batch_are_the_same_to_the_byte()
    {
        var pair = new CloudPair(Cloud, await Cloud.AddUserAsync());
        foreach (var (rows, most) in new[] { ("", 6_291_456), ("{}, ", 1_572_864) })
        {
            var head = $"{{\"protocol\":1,\"push_id\":\"{Guid.NewGuid()}\",\"turns\":[{rows}";

            // What numbers print, at a hundred thousand digits each.
            foreach (var numbers in new[] { most / 131_072 - 1, most / 131_072, most / 131_072 + 1 })
            {
                await pair.PushAsync($"{head}{{}}],\"filler\":[{string.Join(',', Enumerable.Repeat("9e131071", numbers))}]}}");
            }

            // What its rows print: a content that is no text is refused, and measured all the same. And what it takes: a text behind all else meets the limit.
            await MeetAsync(most, batch => batch["turns"]!.Items.Sum(ModelTurn.TravellingBytesOf), text => $"{head}{{\"content\":[\"{text}\"]}}]}}");
            var filler = string.Join(',', Enumerable.Repeat("1", most / 6 - 100));
            await MeetAsync(2L * most, JsonbSize.Of, text => $"{head}{{}}],\"filler\":[{filler}],\"the last one\":\"{text}\"}}");
        }

        async Task MeetAsync(long limit, Func<Jsonb, long> sizeOf, Func<string, string> batch)
        {
            var size = sizeOf(JsonbReader.Read(Encoding.UTF8.GetBytes(batch(""))));
            foreach (var length in new[] { limit - size, limit - size + 1 })
            {
                var text = batch(new string('x', (int)length));
                Assert.Equal(size + length, sizeOf(JsonbReader.Read(Encoding.UTF8.GetBytes(text))));
                await pair.PushAsync(text);
            }
        }
    }

    private static string Any(Random random, int depth)
    {
        var count = random.Next(5);
        return depth == 0 || random.Next(3) == 0 ? random.GetItems(Scalars, 1)[0]
            : random.Next(2) == 0 ? $"[{string.Join(",", Enumerable.Range(0, count).Select(_ => Any(random, depth - 1)))}]"
            : $"{{{string.Join(",", Enumerable.Range(0, count).Select(_ => $"\"{random.GetItems(["", "a", "b", "é", "abc", "long name"], 1)[0]}\":{Any(random, depth - 1)}"))}}}";
    }
}

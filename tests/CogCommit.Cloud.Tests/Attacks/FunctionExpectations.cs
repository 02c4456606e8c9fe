namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// What becomes of a call of each function with nothing but nulls, for everybody in <see cref="Identity.All"/>: + it answers, x forbidden
/// (42501), u the sub is no uuid (22P02), b the batch is none (22023). A function that is not named here fails the test.
/// </summary>
internal static class FunctionExpectations
{
    //                        owner other aud gone  nobody none null  word SQL list  anon names more
    private const string Signed = "+   +   +   +     x   x   x     u  u  u     x  x  x";
    private const string Batch = "b   b   b   b     x   x   x     u  u  u     x  x  x";
    // Only reads or formats what its caller hands it, for pull, which runs as its caller.
    private const string Format = "+   +   +   +     +   +   +     +  +  +     x  x  x";
    // Asks tables, as policies let it or of the caller alone.
    private const string Asks = "+   +   +   +     +   +   +     u  u  u     x  x  x";
    private const string Closed = "x   x   x   x     x   x   x     x  x  x     x  x  x";

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["public.cogcommit_push(jsonb)"] = Batch,
        ["public.cogcommit_pull(jsonb,integer)"] = Signed,
        ["public.cogcommit_digest(text,integer)"] = Signed,
        ["public.cogcommit_wipe(boolean)"] = Signed,
        ["public.cogcommit_delete_account()"] = Signed,
        ["cogcommit.missed_wipe(bigint,public.sync_heads)"] = Format,
        ["cogcommit.is_uuid(jsonb)"] = Format,
        ["cogcommit.is_int(jsonb,bigint,bigint)"] = Format,
        ["cogcommit.is_absent(jsonb)"] = Format,
        ["cogcommit.wire_time(timestamp with time zone)"] = Format,
        ["cogcommit.wire_commit(public.cognitive_commits,text)"] = Format,
        ["cogcommit.wire_session(public.sessions,uuid)"] = Format,
        ["cogcommit.wire_turn(public.turns,uuid)"] = Format,
        ["cogcommit.wire_visual(public.visuals,uuid)"] = Format,
        ["cogcommit.wire_quota(uuid)"] = Asks,
        ["public.cogcommit_pictures(jsonb)"] = Signed,
        ["cogcommit.has_room_for_picture(text,jsonb)"] = Asks,
        ["cogcommit.picture_fits(uuid,text,jsonb)"] = Closed,
        ["cogcommit.check_picture()"] = Closed,
        ["cogcommit.admit(uuid,jsonb,cogcommit.verdict[],public.sync_heads)"] = Closed,
        ["cogcommit.announce_push()"] = Closed,
        ["cogcommit.captured_problem(jsonb)"] = Closed,
        ["cogcommit.check_batch(jsonb)"] = Closed,
        ["cogcommit.check_size(integer,cogcommit.verdict[])"] = Closed,
        ["cogcommit.check_seen(jsonb,public.sync_heads)"] = Closed,
        ["cogcommit.cid_of(uuid,jsonb)"] = Closed,
        ["cogcommit.cloud_id(uuid,uuid)"] = Closed,
        ["cogcommit.commit_results(uuid,cogcommit.verdict[],jsonb)"] = Closed,
        ["cogcommit.curated_problem(jsonb)"] = Closed,
        ["cogcommit.is_calls_or_absent(jsonb)"] = Closed,
        ["cogcommit.is_flag_or_absent(jsonb)"] = Closed,
        ["cogcommit.is_int_or_absent(jsonb,bigint,bigint)"] = Closed,
        ["cogcommit.is_text(jsonb,integer)"] = Closed,
        ["cogcommit.is_text_or_absent(jsonb,integer)"] = Closed,
        ["cogcommit.is_texts_or_absent(jsonb)"] = Closed,
        ["cogcommit.is_time(jsonb)"] = Closed,
        ["cogcommit.is_too_deep(jsonb)"] = Closed,
        ["cogcommit.is_usage_or_absent(jsonb)"] = Closed,
        ["cogcommit.judge_commits(uuid,jsonb,integer)"] = Closed,
        ["cogcommit.judge_sessions(uuid,jsonb,cogcommit.verdict[],integer)"] = Closed,
        ["cogcommit.judge_turns(uuid,jsonb,cogcommit.verdict[],integer)"] = Closed,
        ["cogcommit.judge_visuals(uuid,jsonb,cogcommit.verdict[],integer)"] = Closed,
        ["cogcommit.lock_head(uuid)"] = Closed,
        ["cogcommit.lowered(text)"] = Closed,
        ["cogcommit.most_bytes(integer)"] = Closed,
        ["cogcommit.named(uuid,text)"] = Closed,
        ["cogcommit.numbers_print_beyond(jsonb,integer)"] = Closed,
        ["cogcommit.purge(uuid,bigint)"] = Closed,
        ["cogcommit.refuse_size(integer,text)"] = Closed,
        ["cogcommit.results(uuid,cogcommit.verdict[],text)"] = Closed,
        ["cogcommit.rows_of(jsonb)"] = Closed,
        ["cogcommit.may_repeat(jsonb)"] = Closed,
        ["cogcommit.session_problem(jsonb)"] = Closed,
        ["cogcommit.size_of(cogcommit.verdict[],text)"] = Closed,
        ["cogcommit.store_commits(uuid,jsonb,cogcommit.verdict[],bigint)"] = Closed,
        ["cogcommit.store_names(uuid,jsonb,cogcommit.verdict[],bigint)"] = Closed,
        ["cogcommit.store_sessions(uuid,jsonb,cogcommit.verdict[],bigint)"] = Closed,
        ["cogcommit.store_sums(uuid,cogcommit.verdict[])"] = Closed,
        ["cogcommit.store_turns(uuid,jsonb,cogcommit.verdict[],bigint)"] = Closed,
        ["cogcommit.store_visuals(uuid,jsonb,cogcommit.verdict[],bigint)"] = Closed,
        ["cogcommit.turn_problem(text,boolean,boolean,jsonb,jsonb,jsonb,jsonb,jsonb,jsonb,jsonb,jsonb,jsonb,jsonb,jsonb)"] = Closed,
        ["cogcommit.visual_problem(jsonb)"] = Closed,
        ["cogcommit.weigh(uuid,uuid[])"] = Closed,
        ["cogcommit.weigh_objects(uuid)"] = Closed,
        ["cogcommit.winners(uuid,cogcommit.verdict[],bigint)"] = Closed,
    };

    public static char Of(string function, int identity) => All[function].Replace(" ", "", StringComparison.Ordinal)[identity];
}

using CogCommit.Core.Watch;

namespace CogCommit.Core.Tests.Watch;

public class CompanionsTests
{
    private static readonly string[] Known =
    [
        "/p/loom/s1.jsonl", "/backup/loom/s1.jsonl", "/p/loom/s2.jsonl",
        "/p/loom/s1/subagents/agent-a.jsonl", "/p/loom/s1/subagents/deep/agent-b.jsonl", "/p/loom/s2/subagents/agent-c.jsonl",
        "/p/loom/agent-old.jsonl", "/p/loom/agent-young.jsonl",
    ];

    [Fact]
    public void A_main_one_brings_its_copies_and_its_subagents() => Assert.Equal(
        ["/backup/loom/s1.jsonl", "/p/loom/s1.jsonl", "/p/loom/s1/subagents/agent-a.jsonl", "/p/loom/s1/subagents/deep/agent-b.jsonl"],
        Companions.Of(["/p/loom/s1.jsonl"], Known, []).Order(StringComparer.Ordinal));

    [Fact]
    public void A_subagent_brings_its_own_copies_alone() =>
        Assert.Equal(["/p/loom/s2/subagents/agent-c.jsonl"], Companions.Of(["/p/loom/s2/subagents/agent-c.jsonl"], Known, ["/p/loom/agent-young.jsonl"]));

    [Fact]
    public void Of_the_older_layout_only_those_come_along_that_somebody_works_on() => Assert.Equal(
        ["/p/loom/agent-young.jsonl", "/p/loom/s2.jsonl", "/p/loom/s2/subagents/agent-c.jsonl"],
        Companions.Of(["/p/loom/s2.jsonl"], Known, ["/p/loom/agent-young.jsonl", "/p/loom/s1.jsonl"]).Order(StringComparer.Ordinal));

    [Fact]
    public void Of_all_of_them_there_are_none() => Assert.Equal(Known.Order(), Companions.Of(Known, Known, Known).Order());
}

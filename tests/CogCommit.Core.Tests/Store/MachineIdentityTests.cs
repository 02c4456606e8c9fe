using CogCommit.Core.Store;

namespace CogCommit.Core.Tests.Store;

public sealed class MachineIdentityTests : IDisposable
{
    private readonly TempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void It_stays_the_same_on_one_host() =>
        Assert.Equal(MachineIdentity.Of(_temp.Store).MachineId, MachineIdentity.Of(_temp.Store).MachineId);

    [Fact]
    public void A_copied_folder_gets_a_new_id_and_two_hosts_keep_theirs()
    {
        var here = MachineIdentity.Of(_temp.Store, "here", "one");
        var there = MachineIdentity.Of(_temp.Store, "there", "two");
        Assert.NotEqual(here.MachineId, there.MachineId);
        Assert.Equal(here.MachineId, MachineIdentity.Of(_temp.Store, "here", "one").MachineId);
        Assert.Equal("one two", _temp.Builder.Scalar<string>("select group_concat(name, ' ') from (select name from machines order by name)"));
    }

    [Fact]
    public void It_can_be_renamed()
    {
        var before = MachineIdentity.Of(_temp.Store);
        MachineIdentity.Rename(_temp.Store, "desk");
        Assert.Equal((before.MachineId, "desk"), (MachineIdentity.Of(_temp.Store).MachineId, MachineIdentity.Of(_temp.Store).Name));
    }

    [Fact]
    public void The_fingerprint_tells_nothing_of_the_host() =>
        Assert.Matches("^[0-9a-f]{64}$", HostFingerprint.Of("/a"));
}

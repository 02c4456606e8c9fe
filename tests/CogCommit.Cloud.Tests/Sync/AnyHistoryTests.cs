using CogCommit.Core.Cloud;
using CsCheck;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>Whatever three machines do, in whatever order, and whatever gets lost on the way: in the end all have the same.</summary>
public class AnyHistoryTests(SyncDatabase database) : SyncTests(database)
{
    private enum Step
    {
        Grow,
        Cut,
        Rename,
        Hide,
        Delete,
        Sync,
        Push,
        Pull,
        LoseAnswer,
        CrashBefore,
        Verify,
    }

    private static readonly Gen<(Step Step, int Device, int Talk, int Number)[]> History = Gen
        .Select(Gen.Int[0, (int)Step.Verify], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 9])
        .Select(made => ((Step)made.Item1, made.Item2, made.Item3, made.Item4))
        .Array[5, 40];

    [Fact]
    public Task Whatever_happens_all_machines_end_alike() => History.SampleAsync(RunAsync, iter: 12, threads: 1);

    private async Task RunAsync((Step Step, int Device, int Talk, int Number)[] history)
    {
        var user = await Database.NewUserAsync();
        Device[] devices = [NewDevice(user: user), NewDevice(user: user), NewDevice(user: user)];
        var talks = Enumerable.Range(0, 3).Select(n => Talk.Of($"talk {n} of {user.Id}", "p0", "a0") with { Cuts = [2, 4, 6] }).ToArray();
        var lengths = new int[devices.Length, talks.Length];
        foreach (var (step, device, talk, number) in history)
        {
            // A transcript only grows.
            lengths[device, talk] = step is Step.Grow or Step.Cut ? Math.Max(lengths[device, talk], number) : lengths[device, talk];
            await TakeAsync(step, devices[device], talks, talk, number, lengths[device, talk]);
        }

        await SyncAllAsync(devices);
        for (var device = 0; device < devices.Length; device++)
        {
            for (var talk = 0; talk < talks.Length; talk++)
            {
                // The next import of each machine takes over the boundaries that came from others.
                devices[device].Import(talks[talk].Grown(lengths[device, talk]));
            }
        }

        await SyncAllAsync(devices);
        await AssertSameEverywhereAsync(user, devices);
    }

    private static async Task SyncAllAsync(Device[] devices)
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var device in devices)
            {
                Assert.Equal(0, (await device.SyncAsync()).Failed);
            }
        }
    }

    private static async Task TakeAsync(Step step, Device device, Talk[] talks, int talk, int number, int length)
    {
        var commits = Device.CommitsOf(talks[talk].Grown(9));
        var commit = commits[number % commits.Count];
        var isHere = device.Scalar<long>("select count(*) from cognitive_commits where id = $id and deleted_at is null", ("$id", commit)) > 0;
        switch (step)
        {
            case Step.Grow:
                device.Import(talks[talk].Grown(length));
                break;
            case Step.Cut:
                talks[talk] = talks[talk] with { Boundaries = [.. talks[talk].Boundaries.Append(length).Distinct().Order()] };
                device.Import(talks[talk].Grown(length));
                break;
            case Step.Rename when isHere:
                device.Edit(commit, $"title {number}");
                break;
            case Step.Hide when isHere:
                device.Edit(commit, new Core.Store.CurationChange { Hidden = number % 2 == 0 });
                break;
            case Step.Delete when isHere && number > 6:
                device.Delete(commit);
                break;
            case Step.Sync or Step.Verify:
                await device.SyncAsync(verify: step == Step.Verify);
                break;
            case Step.Push:
                await device.PushAsync();
                break;
            case Step.Pull:
                await device.PullAsync();
                break;
            case Step.LoseAnswer:
                device.Cloud.AfterPush = _ => throw new CloudUnreachableException(device.Cloud.Url, "The cable is out.");
                await device.SyncAsync();
                device.Cloud.AfterPush = null;
                break;
            case Step.CrashBefore:
                device.Cloud.BeforePush = _ => throw new CloudUnreachableException(device.Cloud.Url, "The cable is out.");
                await device.PushAsync();
                device.Cloud.BeforePush = null;
                break;
            default:
                break;
        }
    }
}

using System.Diagnostics;
using CogCommit.Cloud.Tests;
using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Testing;

namespace CogCommit.Processes.Tests.Watching;

/// <summary>Two machines that watch, each a process of its own, and a cloud between them: what is appended on one is found on the other.</summary>
public sealed class ArrivalTests(LocalCloudFixture cloud)
{
    private const string Soak = "COGCOMMIT_ARRIVALS";

    [Fact]
    [Trait("Soak", "arrivals")]
    public async Task A_line_appended_on_one_machine_is_searchable_on_the_other()
    {
        using var scene = await WatchedPair.StartAsync(cloud);
        var times = new List<double>();
        for (var i = 0; i < Figures.Wanted(Soak, 10); i++)
        {
            var began = Stopwatch.GetTimestamp();
            var word = scene.Append();
            while (!scene.IsFoundElsewhere(word))
            {
                await scene.Other.ReadToAsync("done Pulled");
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        Figures.Record("changes that another machine had by itself", times.Count);
        Figures.Record("milliseconds from append to arrival, median", (long)times[times.Count / 2]);
        Figures.Record("milliseconds from append to arrival, 95th percentile", (long)times[(int)Math.Ceiling(times.Count * 0.95) - 1]);
    }

    [Fact]
    public async Task Where_Realtime_is_cut_off_it_arrives_at_the_next_poll()
    {
        using var scene = await WatchedPair.StartAsync(cloud, otherIsDeaf: true);
        var word = scene.Append();
        while (!scene.IsFoundElsewhere(word))
        {
            await scene.Other.ReadToAsync("done Pulled");
        }

        Assert.DoesNotContain("done Status Listening", scene.Other.Lines);
    }

    /// <summary>
    /// While it reads, when something is stored, when it says so, when a push is planned, when the cloud has answered, when that is stored,
    /// and before it has done anything.
    /// </summary>
    private static readonly string[] Moments = ["at Reading", "at Stored", "done Captured", "at Plan", "at POST /rest/v1/rpc/cogcommit_push", "done Pushed", ""];

    [Fact]
    public async Task A_watcher_that_is_killed_goes_on_where_it_was_nothing_twice_and_nothing_missed()
    {
        using var scene = await WatchedPair.StartAsync(cloud);
        List<string> words = [];
        foreach (var moment in Moments)
        {
            words.AddRange(Enumerable.Range(0, 4).Select(_ => scene.Append()));
            await scene.KillAndStartAsync(moment);
        }

        words.Add(scene.Append());
        while (!words.All(scene.IsFoundElsewhere))
        {
            await scene.Other.ReadToAsync("done Pulled");
        }

        Assert.Equal(words.Count + 1, scene.TurnsElsewhere());
        Figures.Record("kills of a watcher that lost nothing", Moments.Length);
    }

    /// <summary>One machine with transcripts, and another one that has none.</summary>
    private sealed class WatchedPair : IDisposable
    {
        private readonly TranscriptFolder _folder = new();
        private readonly TranscriptBuilder _session = new("dddddddd-0000-4000-8000-000000000001");
        private readonly TestMachine _first;
        private readonly TestMachine _second;
        private StoreFile? _there;
        private ChildProcess _watcher;
        private int _words;

        private WatchedPair(TestMachine first, TestMachine second, bool otherIsDeaf)
        {
            (_first, _second) = (first, second);
            foreach (var machine in new[] { first, second })
            {
                Core.Config.Settings.Load(machine.Home).Set("pull-interval", "30s");
            }

            _session.Prompt("the first word").Write(_folder.Root);
            _watcher = Watch();
            Other = ChildProcess.Start(second.Home, 0, otherIsDeaf ? ["watch", _folder.At("nothing"), "deaf"] : ["watch", _folder.At("nothing")]);
        }

        public ChildProcess Other { get; }

        public static async Task<WatchedPair> StartAsync(LocalCloudFixture cloud, bool otherIsDeaf = false)
        {
            var first = await cloud.NewUserAsync("watching");
            var pair = new WatchedPair(first, await cloud.SignInAsync(first.UserName), otherIsDeaf);
            await pair._watcher.ReadToAsync("done Pushed");
            await pair.Other.ReadToAsync(otherIsDeaf ? "done Status Polling" : "done Status Listening");
            pair._there = StoreFile.Open(pair._second.Home);
            return pair;
        }

        /// <summary>One more prompt, with a word that stands nowhere else.</summary>
        public string Append()
        {
            var word = $"wharf{++_words}";
            _session.Prompt($"go to {word}");
            _session.AppendTo(Path.Combine(_folder.Root, _session.SessionId + ".jsonl"));
            return word;
        }

        public bool IsFoundElsewhere(string word) => Search.Find(_there!, new SearchFilter { Query = word }).Any(hit => hit.Role == "user");

        public long TurnsElsewhere() => CommitReader.Read(_there!, new CommitFilter()).Sum(commit => commit.TurnCount);

        /// <param name="moment">How the line begins at which it is killed; empty: at once.</param>
        public async Task KillAndStartAsync(string moment)
        {
            if (moment.Length > 0)
            {
                await _watcher.ReadToAsync(moment);
            }

            _watcher.Kill();
            await _watcher.EndAsync();
            _watcher.Dispose();
            _watcher = Watch();
            await _watcher.ReadToAsync("done Started");
        }

        public void Dispose()
        {
            _watcher.Dispose();
            Other.Dispose();
            _there?.Dispose();
            _first.Dispose();
            _second.Dispose();
            _folder.Dispose();
        }

        private ChildProcess Watch() => ChildProcess.Start(_first.Home, 0, "watch", _folder.Root);
    }
}

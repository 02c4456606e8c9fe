using System.Diagnostics;
using CogCommit.LocalCloud.Postgres;
using Npgsql;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>The migrations as their users apply them: by the official command line, to a database that has what Supabase gives.</summary>
public sealed class SupabaseCommandLineTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Supabase_db_push_applies_the_migrations_and_finds_them_applied()
    {
        var root = NpmFolder.RepositoryRoot();
        var tool = Path.Combine(await NpmFolder.InstalledAsync("supabase-cli"), "node_modules", ".bin", OperatingSystem.IsWindows() ? "supabase.cmd" : "supabase");

        var database = await postgres.NewEmptyDatabaseAsync();
        await using var superuser = new NpgsqlConnection(database);
        await superuser.OpenAsync(TestContext.Current.CancellationToken);
        await SupabaseBase.ApplyAsync(superuser, TestContext.Current.CancellationToken);

        // It writes beside the migrations, so it gets a copy.
        var copy = Directory.CreateTempSubdirectory("cogcommit-test-");
        try
        {
            Directory.CreateDirectory(Path.Combine(copy.FullName, "supabase", "migrations"));
            File.Copy(Path.Combine(root, "supabase", "config.toml"), Path.Combine(copy.FullName, "supabase", "config.toml"));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "supabase", "migrations"), "*.sql"))
            {
                File.Copy(file, Path.Combine(copy.FullName, "supabase", "migrations", Path.GetFileName(file)));
            }

            var socket = new NpgsqlConnectionStringBuilder(database);
            var url = $"postgresql://{SupabaseBase.MigrationRole}:none@{Uri.EscapeDataString(socket.Host!)}/{socket.Database}?host={Uri.EscapeDataString(socket.Host!)}";
            string[] push = ["db", "push", "--workdir", copy.FullName, "--yes", "--db-url", url];
            var (exitCode, said) = await RunAsync(copy.FullName, copy.FullName, tool, push);
            Assert.True(exitCode == 0, said);
            Assert.All(Migrations.All, migration => Assert.Contains($"{migration.Version}_{migration.Name}.sql", said, StringComparison.Ordinal));

            (exitCode, said) = await RunAsync(copy.FullName, copy.FullName, tool, push);
            Assert.True(exitCode == 0, said);
            Assert.Contains("up to date", said, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            copy.Delete(recursive: true);
        }

        // Our own way of applying them sees what the command line recorded.
        Assert.Empty(await Migrations.ApplyAsync(superuser, TestContext.Current.CancellationToken));
        await using var cloud = new CloudDatabase(database);
        var user = await cloud.AddUserAsync();
        var (_, _, turn, batch) = Batch.Whole();
        Assert.Equal("accepted", (await user.PushAsync(batch)).Status("turns", turn));
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string folder, string? home, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (home is not null)
        {
            // Whatever account its user has with Supabase is none of the test's business.
            start.Environment["HOME"] = home;
            start.Environment["SUPABASE_TELEMETRY_DISABLED"] = "1";
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
